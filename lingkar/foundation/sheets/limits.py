"""How much of a file is ever read. Whoever sends more is told so; nothing is cut silently."""

MB = 1024 * 1024

LARGEST_WORKBOOK = 60 * MB
"""Bytes of an .xlsx, .xlsb, .xls or .ods. Twenty thousand people are two or three."""
LARGEST_TEXT = 1024 * MB
"""Bytes of a .csv, which is read line by line."""
MOST_ROWS = 1_100_000
"""Rows of all sheets together: what Excel can hold, and a little."""
MOST_COLUMNS = 400
MOST_SHEETS = 60
LONGEST_CELL = 32_767
"""Characters, as in Excel."""

MOST_PARTS = 3_000
MOST_UNPACKED = 400 * MB
MOST_RATIO = 250
"""How many times larger than packed the parts of a workbook may be, above ``RATIO_FROM`` bytes: bombs are 1,000."""
RATIO_FROM = 40 * MB

MOST_MEMORY = 1024 * MB
"""Address space of the process that unpacks a workbook; the process that asked for it reads row by row."""
MOST_SECONDS = 90
"""Seconds, of CPU and by the clock, after which unpacking is given up."""
MOST_SPOOLED = 1024 * MB
"""Bytes of unpacked rows on disk."""
