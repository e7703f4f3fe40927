"""Functions of the database with which names are found although they are written otherwise.

Their bodies are parsed when they are made, so they need no search path: a restored backup computes the same columns.
"""

from django.db import migrations

LONGEST, MOST = 24, 12
"""Letters of a word and words of a name beyond which no slip is looked for."""
APART = "ÁÀÂÄÃÅĀáàâäãåāÉÈÊËĒÊéèêëēÍÌÎÏĪíìîïīÓÒÔÖÕŌóòôöõōÚÙÛÜŪúùûüūÑñÇçÝýÿ"
TOGETHER = "aaaaaaaaaaaaaaeeeeeeeeeeeiiiiiiiiiioooooooooooouuuuuuuuuunnccyyy"
SILENT = "''’‘ʼ`´"
"""Signs within a word: Mu'min, Jum'at. (Two of the first stand for one in SQL.)"""
FOLDS = (
    # What stands later works on what stands earlier. Old and Arabic spellings meet the one of today.
    ("oe", "u"),  # Soekarno
    ("dj", "j"),  # Djoko
    ("tj", "c"),  # Tjokro
    ("sj", "sy"),  # Sjarif
    ("nj", "ny"),  # Njoman
    ("ts", "s"),  # Tsani
    ("kh", "h"),  # Khoirul, Akhmad
    ("ch", "h"),  # Choirul, Achmad
    ("dz", "z"),  # Dzaki
    ("dh", "d"),  # Ramadhan
    ("th", "t"),  # Thamrin
    ("gh", "g"),  # Ghani
    ("ph", "f"),  # Josephine
    ("sh", "s"),  # Aisha
    ("sy", "s"),  # Aisyah
    ("x", "ks"),
    ("ie", "i"),  # Arief
)
LETTERS = ("zvfqy", "sppki")
"""Riski and Rizky, Fitri and Pitri, Taufik and Taufiq."""


def plain(value: str) -> str:
    """The expression of lower case, no accents, words parted by one space."""
    body = f"translate(normalize({value}, NFKC), '{APART}{SILENT}', '{TOGETHER}')"
    return f"""btrim(regexp_replace(lower({body} COLLATE "C"), '[^a-z0-9]+', ' ', 'g'))"""


def fold(value: str) -> str:
    """The expression of plain words as they sound."""
    body = f"{value} || ' '"
    for old, new in FOLDS:
        body = f"replace({body}, '{old}', '{new}')"
    body = f"translate({body}, '{LETTERS[0]}', '{LETTERS[1]}')"
    body = f"regexp_replace({body}, '([a-z])\\1+', '\\1', 'g')"
    return f"btrim(replace({body}, 'h ', ' '))"


PLAIN = f"""
CREATE FUNCTION lingkar_plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {plain("value")};
COMMENT ON FUNCTION lingkar_plain(text) IS 'Lower case, no accents, no apostrophes, words parted by one space';
"""
SPELLINGS = f"""
CREATE FUNCTION lingkar_spellings(value text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    written CONSTANT text := {plain("value")};
    heard CONSTANT text := {fold("written")};
    words text[] := (string_to_array(written, ' '))[1:{MOST}];
    sounds CONSTANT text[] := (string_to_array(heard, ' '))[1:{MOST}];
    word text;
    found text[] := '{{}}';
BEGIN
    IF written = '' THEN
        RETURN found;
    END IF;
    FOR spot IN 2..cardinality(sounds) LOOP
        found := found || (sounds[spot - 1] || sounds[spot]);
    END LOOP;
    FOR spot IN 2..cardinality(words) LOOP
        found := found || (words[spot - 1] || words[spot]);
    END LOOP;
    FOREACH word IN ARRAY sounds LOOP
        CONTINUE WHEN word = ANY (words);
        words := words || word;
    END LOOP;
    FOREACH word IN ARRAY words LOOP
        found := found || word;
        CONTINUE WHEN length(word) NOT BETWEEN 4 AND {LONGEST};
        FOR spot IN 1..length(word) LOOP
            found := found || (left(word, spot - 1) || substr(word, spot + 1));
        END LOOP;
    END LOOP;
    RETURN found;
END
$$;
COMMENT ON FUNCTION lingkar_spellings(text) IS
    'Every word, as written and as it sounds, each of them without one letter, and neighbours written as one';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.RunSQL(PLAIN, "DROP FUNCTION lingkar_plain(text)"),
        migrations.RunSQL(SPELLINGS, "DROP FUNCTION lingkar_spellings(text)"),
    )
