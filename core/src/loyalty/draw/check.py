import hashlib, hmac, json, sys
draw = json.load(sys.stdin)
seed = bytes.fromhex(draw["seed"])
assert hashlib.sha256(seed).hexdigest() == draw["commitment"], "another seed than was promised"
lot = lambda text: int.from_bytes(hmac.new(seed, text.encode(), "sha256").digest()[:8], "big")
won, tickets, prizes, all = [], draw["tickets"], draw["prizes"], 2 ** 64
if draw["how"] == "at_once":
    left = [prize["stock"] for prize in prizes]
    for number, name in enumerate(tickets, 1):
        x = lot(f"{number}|{name}")
        for i, prize in enumerate(prizes):
            if x < all // prize["one_in"]:
                if left[i]: left[i] -= 1; won.append([number, prize["name"]])
                break
            x -= all // prize["one_in"]
else:
    root, order = hashlib.sha256("\n".join(tickets).encode()).hexdigest(), list(range(1, len(tickets) + 1))
    for k, name in enumerate([p["name"] for p in prizes for _ in range(p["stock"])][:len(tickets)]):
        size, turn = len(tickets) - k, 0
        while lot(f"{root}|{k}|{turn}") >= all - all % size: turn += 1
        j = k + lot(f"{root}|{k}|{turn}") % size
        order[k], order[j] = order[j], order[k]
        won.append([order[k], name])
assert won == draw["winners"], "other winners than follow from the seed"
print("verified:", len(tickets), "tickets,", len(won), "winners")
