"""Django's widgets, drawn without a template for each of their attributes. A test compares every one of them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeData

from lingkar.foundation.ui.drawing.swift import escaped

Widget = Mapping[str, Any]


def attributes(attrs: Mapping[str, Any]) -> str:
    """``attrs.html``: " id="id_text" required"."""
    return "".join(
        f" {written(name)}" if value is True else f' {written(name)}="{written(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{written(widget["value"])}"'
    return (
        f'<input type="{written(widget["type"])}" name="{written(widget["name"])}"{value}{attributes(widget["attrs"])}>'
    )


def _textarea(widget: Widget) -> str:
    value = written(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{written(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def _file(widget: Widget) -> str | None:
    """A file input without a file that is there already."""
    return None if widget["is_initial"] else _input({**widget, "value": None})


def _several(widget: Widget) -> str | None:
    """Radio buttons or boxes, one below the other."""
    attrs, groups = widget["attrs"], widget["optgroups"]
    if any(group for group, _, _ in groups):
        return None
    place = f' id="{written(attrs["id"])}"' if attrs.get("id") else ""
    kind = f' class="{written(attrs["class"])}"' if attrs.get("class") else ""
    options = "".join(f"<div>\n    {_option(option)}</div>" for _, options, _ in groups for option in options)
    return f"<div{place}{kind}>{options}\n</div>"


def _option(option: Widget) -> str:
    if not option.get("wrap_label"):
        return _input(option)
    place = f' for="{written(option["attrs"]["id"])}"' if option["attrs"].get("id") else ""
    return f"<label{place}>{_input(option)} {written(option['label'])}</label>"


def written(value: Any) -> str:
    """A value inside HTML."""
    return str(value) if isinstance(value, SafeData) else escaped(str(value))


FOLDER = "django/forms/widgets/"
INPUTS = (
    *("text", "number", "email", "url", "color", "search", "tel", "password", "hidden", "input", "file"),
    *("date", "time", "datetime", "checkbox"),
)
DRAWN: dict[str, Callable[[Widget], str | None]] = {
    **{f"{FOLDER}{name}.html": _input for name in INPUTS},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}clearable_file_input.html": _file,
    f"{FOLDER}radio.html": _several,
    f"{FOLDER}checkbox_select.html": _several,
}
"""By the name of Django's template. ``None``: this one is for the template to draw."""
