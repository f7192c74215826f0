#!/usr/bin/env python3
"""Makes demo.svg out of a real run. From the root of the checkout, with an up-to-date build:

    script -qec 'stty cols 110; ./holdfast demo' /tmp/run </dev/null && docs/images/picture.py /tmp/run docs/images/demo.svg
"""

import html
import re
import sys

MOST_COLUMNS = 112
CHARACTER_WIDTH, LINE_HEIGHT, PADDING = 7.83, 18, 16
CLASSES = {"1": "b", "2": "f", "32": "g", "33": "y", "1;31": "r"}
STYLE = (
    'text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d8dee9;white-space:pre}'
    ".b{font-weight:bold;fill:#fff}.f{fill:#7f8a9e}.g{fill:#8fce72}.y{fill:#e5c07b}"
    ".r{fill:#f07178;font-weight:bold}.p{fill:#82aaff}"
)


def spans(line, style):
    """The text of a line with its colours, cut where the picture ends."""
    out, shown = [], 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        escape = re.match(r"\x1b\[([0-9;]*)m", part)
        if escape:
            style = CLASSES.get(escape.group(1), "")
        elif part and shown < MOST_COLUMNS:
            if shown + len(part) > MOST_COLUMNS:
                part = part[: MOST_COLUMNS - shown - 1] + "…"
            shown += len(part)
            text = html.escape(part, quote=False)
            out.append(f'<tspan class="{style}">{text}</tspan>' if style else text)
    return "".join(out)


def main(typescript, picture):
    with open(typescript, encoding="utf-8") as file:
        lines = [line for line in file.read().replace("\r", "").split("\n") if not line.startswith("Script ")]
    lines = ["$ ./holdfast demo"] + "\n".join(lines).strip("\n").split("\n")
    plain = [re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line) for line in lines]
    columns = min(MOST_COLUMNS, max(len(line) for line in plain)) + 2
    width = int(columns * CHARACTER_WIDTH + PADDING * 2)
    height = int(PADDING * 2 + LINE_HEIGHT * len(lines) + 8)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-label="A run of ./holdfast demo">',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#1b1f29"/>',
    ]
    for number, line in enumerate(lines):
        if plain[number].strip():
            y = PADDING + LINE_HEIGHT * (number + 1) - 3
            style = "p" if number == 0 else ""
            out.append(f'<text x="{PADDING}" y="{y}" xml:space="preserve">{spans(line, style)}</text>')
    out.append("</svg>")
    with open(picture, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
