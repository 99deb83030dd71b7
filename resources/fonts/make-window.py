#!/usr/bin/env python3
"""Makes the fonts of the window out of Debian's fonts-inter and fonts-dejavu-core (README.md beside says why and how)."""
from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
INTER = Path("/usr/share/fonts/opentype/inter")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")

# Latin with every accent of the Baltic, Nordic and central European languages, and the signs a desk needs.
LETTERS = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | {0x218, 0x219, 0x21A, 0x21B, 0x1E9E}
SIGNS = {ord(c) for c in "‐‑–—‘’‚“”„†•…‹›€™−≤≥≠≈←↑→↓↔↵⇧✓✗×÷±·•●○◆▲▼■□⌘\u2009\u202f\u2007\u20bd\u20ba\u20b4"}
LINES = set(range(0x2500, 0x2580)) | set(range(0x2580, 0x25A0))


def tabular(font):
    """Gives the digits, and the signs that stand among them, their tabular shape for good."""
    swaps = {}
    for feature in font["GSUB"].table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "tnum":
            for index in feature.Feature.LookupListIndex:
                for table in font["GSUB"].table.LookupList.Lookup[index].SubTable:
                    swaps.update(getattr(table, "ExtSubTable", table).mapping)
    wanted = {ord(c) for c in "0123456789"}
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            if code in wanted and name in swaps:
                table.cmap[code] = swaps[name]
    # Where the weights between regular and black were computed, a digit is off by a thousandth: all get the widest.
    digits = [font.getBestCmap()[code] for code in wanted]
    widest = max(font["hmtx"][name][0] for name in digits)
    for name in digits:
        font["hmtx"][name] = (widest, font["hmtx"][name][1])


def rename(font, family, style, weight):
    """A changed font carries a name of its own, so that it never hides, or hides behind, an installed one."""
    names = font["name"]
    copyright_line = names.getDebugName(0)
    names.names = []
    for number, words in {0: copyright_line, 1: family if style in ("Regular", "Bold") else f"{family} {style}",
                          2: style if style in ("Regular", "Bold") else "Regular", 3: f"{family} {style}",
                          4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", ""), 16: family, 17: style}.items():
        names.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def make(source, target, family, style, weight, codes, digits_tabular):
    font = TTFont(source)
    missing = sorted(codes - set(font.getBestCmap()))
    if digits_tabular:
        tabular(font)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    if "CFF " in font:
        font["CFF "].cff.fontNames[0] = f"{family}-{style}".replace(" ", "")
        top = font["CFF "].cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {style}"
    rename(font, family, style, weight)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / target)
    print(target, (HERE / target).stat().st_size, "bytes; not in the source:", " ".join(f"{c:04X}" for c in missing))


for style, weight in {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}.items():
    make(INTER / f"Inter-{style}.otf", f"courtesy-sans-{style.lower()}.otf", "Courtesy Sans", style, weight, LETTERS | SIGNS, True)
for style, weight in {"": 400, "-Bold": 700}.items():
    name = style.strip("-") or "Regular"
    make(DEJAVU / f"DejaVuSansMono{style}.ttf", f"courtesy-mono-{name.lower()}.ttf", "Courtesy Mono", name, weight, LETTERS | SIGNS | LINES, False)
