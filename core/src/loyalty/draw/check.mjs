import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
const { seed, commitment, how, tickets, prizes, winners } = JSON.parse(readFileSync(0, "utf8"));
const key = Buffer.from(seed, "hex"), sha = (data) => createHash("sha256").update(data).digest("hex");
if (sha(key) != commitment) throw new Error("another seed than was promised");
const lot = (text) => createHmac("sha256", key).update(text).digest().readBigUInt64BE();
const won = [], all = 2n ** 64n, left = prizes.map(({ stock }) => stock);
if (how == "at_once") tickets.forEach((name, i) => {
  let x = lot(`${i + 1}|${name}`);
  const prize = prizes.findIndex(({ one_in }) => x < all / BigInt(one_in) || ((x -= all / BigInt(one_in)), false));
  if (left[prize]-- > 0) won.push([i + 1, prizes[prize].name]);
});
else {
  const root = sha(tickets.join("\n")), order = tickets.map((_, i) => i + 1);
  const names = prizes.flatMap(({ stock, name }) => Array(stock).fill(name)).slice(0, tickets.length);
  names.forEach((name, k) => {
    const size = BigInt(tickets.length - k);
    let turn = 0, x;
    do x = lot(`${root}|${k}|${turn++}`); while (x >= all - (all % size));
    const j = k + Number(x % size);
    [order[k], order[j]] = [order[j], order[k]];
    won.push([order[k], name]);
  });
}
if (JSON.stringify(won) != JSON.stringify(winners)) throw new Error("other winners than follow from the seed");
console.log("verified:", tickets.length, "tickets,", won.length, "winners");
