"""A small shop's end-of-day report, with a slow place in it for a profiler to find."""
import json
import random
import re
import statistics
import sys

LINE = re.compile(r"(?P<sku>[A-Z]{2}-\d{4})\s+x(?P<count>\d+)\s+@\s+(?P<price>\d+\.\d\d)")


class Customer:
    def __init__(self, number, name, parent=None):
        self.number = number
        self.name = name
        self.parent = parent

    def level(self):
        """How deep in the tree of referrals; recursive on purpose."""
        return 0 if self.parent is None else 1 + self.parent.level()


def make_customers(count, seed):
    rng = random.Random(seed)
    customers = []
    for number in range(count):
        parent = rng.choice(customers) if customers and rng.random() < 0.9 else None
        customers.append(Customer(number, "customer-%05d" % number, parent))
    return customers


def make_orders(count, customers, seed):
    rng = random.Random(seed)
    for number in range(count):
        lines = [
            "%s-%04d  x%d  @ %d.%02d" % (rng.choice(("AB", "CD", "EF")), rng.randrange(10000), rng.randrange(1, 9),
                                         rng.randrange(1, 200), rng.randrange(100))
            for _ in range(rng.randrange(1, 12))
        ]
        yield json.dumps({"order": number, "customer": rng.choice(customers).name, "lines": lines})


def find_customer(customers, name):
    """The slow place: walks the whole list for each order. A dict would do."""
    for customer in customers:
        if same_name(customer.name, name):
            return customer
    raise KeyError(name)


def same_name(left, right):
    return left.strip().casefold() == right.strip().casefold()


def parse_order(text, customers):
    order = json.loads(text)
    order["customer"] = find_customer(customers, order["customer"])
    order["lines"] = [parse_line(line) for line in order["lines"]]
    return order


def parse_line(line):
    match = LINE.match(line)
    return match["sku"], int(match["count"]), float(match["price"])


def total(order):
    return sum(count * price for _, count, price in order["lines"])


def discount(order):
    return 0.02 * min(order["customer"].level(), 5)


def report(orders):
    totals = [total(order) * (1 - discount(order)) for order in orders]
    by_sku = {}
    for order in orders:
        for sku, count, _ in order["lines"]:
            by_sku[sku] = by_sku.get(sku, 0) + count
    best = sorted(by_sku.items(), key=lambda item: (-item[1], item[0]))[:10]
    return {"orders": len(totals), "sum": round(sum(totals), 2), "median": round(statistics.median(totals), 2), "best": best}


def main(count=3000):
    customers = make_customers(400, seed=7)
    orders = [parse_order(text, customers) for text in make_orders(count, customers, seed=8)]
    return report(orders)


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000), sys.stdout)
    print()
