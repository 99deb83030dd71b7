#!/usr/bin/env python3
"""Replays the credits of a real shop, twice, and compares.

Once through the program: every credit line becomes a refund of that member, item and quantity at its own time, and
`courtesy batch` decides. Once by the few lines of `expected` below, which share no code with it. They must agree to
the line and to the penny. See README.md beside this file.
"""
import argparse, csv, datetime, decimal, json, lzma, pathlib, subprocess, sys, tempfile, uuid, zoneinfo

LONDON = zoneinfo.ZoneInfo("Europe/London")
UTC = datetime.timezone.utc


def rows(path):
    opened = lzma.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".xz" else open(path, encoding="utf-8", newline="")
    with opened as file:
        for place, row in enumerate(csv.DictReader(file)):
            local = datetime.datetime.strptime(row["InvoiceDate"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=LONDON)
            yield {
                "place": place, "at": local.astimezone(UTC), "invoice": row["InvoiceNo"], "item": row["StockCode"],
                "quantity": int(row["Quantity"]), "price": decimal.Decimal(row["UnitPrice"]),
                "member": row["CustomerID"].removesuffix(".0"),
            }


def minor(amount):
    return int((amount * 100).quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))


def credits(lines):
    """Goods lines of credit invoices with a member, in the order of their time."""
    found = [l for l in lines if l["invoice"].startswith("C") and l["member"] and l["item"][:1].isdigit() and l["quantity"] < 0]
    return sorted(found, key=lambda l: (l["at"], l["place"]))


def expected(lines):
    """What each credit line gives back: a member's own lines of that item, oldest first, all or nothing."""
    first_time = {}
    for line in lines:
        first_time.setdefault(line["invoice"], line["at"])
    bought = {}
    for line in lines:
        if line["quantity"] > 0 and line["member"]:
            held = {"at": first_time[line["invoice"]], "line": line, "back": 0, "paid": minor(line["quantity"] * line["price"]), "given": 0}
            bought.setdefault((line["member"], line["item"]), []).append(held)
    for held in bought.values():
        held.sort(key=lambda h: (h["at"], h["line"]["invoice"], h["line"]["place"]))
    for credit in credits(lines):
        wanted = -credit["quantity"]
        held = [h for h in bought.get((credit["member"], credit["item"]), []) if h["at"] <= credit["at"]]
        left = sum(h["line"]["quantity"] - h["back"] for h in held)
        if left < wanted:
            yield ("partly" if left > 0 else "never"), 0
            continue
        total = 0
        for h in held:
            part = min(wanted, h["line"]["quantity"] - h["back"])
            if part > 0:
                wanted -= part
                h["back"] += part
                # Half up, on the line's total, by everything given back so far.
                so_far = (2 * h["paid"] * h["back"] + h["line"]["quantity"]) // (2 * h["line"]["quantity"])
                total += so_far - h["given"]
                h["given"] = so_far
        yield "fully", total


def requests(lines):
    for number, credit in enumerate(credits(lines)):
        yield {
            "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"replay {number}")), "desk": 1, "clerk": 1,
            "at": credit["at"].strftime("%Y-%m-%dT%H:%M:%SZ"),
            "request": {"job": "refund", "goods": {"of": "item", "member": credit["member"], "item": credit["item"], "quantity": str(-credit["quantity"])}},
        }


def answer(outcome):
    if outcome["result"] == "posted":
        return "fully", minor(decimal.Decimal(outcome["total"].split()[0]))
    if outcome["result"] == "refused":
        rule = outcome["rulings"][0]
        return ("never" if rule["message"] == "ruling-item-never-bought" else "partly"), 0
    raise SystemExit(f"line {outcome['line']}: {outcome}")


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("courtesy", help="the program")
    asked.add_argument("sales", type=pathlib.Path, help="the sales as CSV, or CSV packed with xz")
    asked = asked.parse_args()
    lines = list(rows(asked.sales))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        database = ["--database", str(folder / "replay.db")]
        (folder / "pins").write_text("1 314159\n")
        setup = ["setup", "--policy", "open", "--name", "Replay", "--currency", "GBP", "--zone", "Europe/London",
                 "--day-ends-at", "00:00", "--manager", "Replay", "--pins", str(folder / "pins"), "--replay"]
        subprocess.run([asked.courtesy, *database, *setup], check=True, stdout=subprocess.DEVNULL)
        sales = folder / "sales.csv"
        sales.write_bytes(lzma.open(asked.sales).read() if asked.sales.suffix == ".xz" else asked.sales.read_bytes())
        subprocess.run([asked.courtesy, *database, "import", "sales", str(sales)], check=True)
        (folder / "requests.jsonl").write_text("".join(json.dumps(request) + "\n" for request in requests(lines)))
        batch = subprocess.run([asked.courtesy, *database, "batch", str(folder / "requests.jsonl")], stdout=subprocess.PIPE, text=True)
        if batch.returncode not in (0, 1):
            raise SystemExit("the batch did not run to its end")
        got = [answer(json.loads(line)) for line in batch.stdout.splitlines()]
        verified = subprocess.run([asked.courtesy, *database, "verify"])
    wanted = list(expected(lines))
    for name, found in (("courtesy", got), ("script", wanted)):
        counts = {kind: sum(1 for k, _ in found if k == kind) for kind in ("fully", "partly", "never")}
        print(f"{name:9} {counts['fully']:,} fully, {counts['partly']:,} partly, {counts['never']:,} never, {sum(m for _, m in found) / 100:,.2f}")
    different = [i for i, (g, w) in enumerate(zip(got, wanted)) if g != w]
    print(f"{len(different)} of {len(wanted)} lines differ" + (f", the first is {different[0]}: {got[different[0]]} {wanted[different[0]]}" if different else ""))
    sys.exit(1 if different or len(got) != len(wanted) or verified.returncode else 0)


if __name__ == "__main__":
    main()
