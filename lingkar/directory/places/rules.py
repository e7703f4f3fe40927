"""Where a point lies. Pure: degrees are numbers, a boundary is a list of them."""

from collections.abc import Sequence

from lingkar.foundation.refusals import Refused

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

FEWEST_CORNERS, MOST_CORNERS = 3, 2000


def check_boundary(boundary: Sequence[Sequence[float]]) -> None:
    """A boundary has corners, each of them on the globe."""
    if not FEWEST_CORNERS <= len(boundary) <= MOST_CORNERS:
        raise Refused("places.boundary_corners", corners=len(boundary))
    for corner in boundary:
        if len(corner) != 2 or abs(corner[0]) > 90 or abs(corner[1]) > 180:
            raise Refused("places.boundary_off_the_globe")


def is_inside(point: Point, boundary: Sequence[Sequence[float]]) -> bool:
    """Whether a line from the point eastwards crosses the boundary an odd number of times.

    Reckoned on a plane: right for an area of some kilometres that does not cross the 180th meridian.
    """
    latitude, longitude = point
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(boundary, [*boundary[1:], boundary[0]], strict=True):
        if (lat_a > latitude) != (lat_b > latitude):
            crossing = lon_a + (latitude - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
            inside ^= longitude < crossing
    return inside
