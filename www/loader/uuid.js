// UUIDv7, RFC 9562.
export const uuid = () => {
  const hex = (number, digits) => number.toString(16).padStart(digits, 0);
  const [a, b, ...rest] = [...crypto.getRandomValues(new Uint16Array(5))].map((part) => hex(part, 4));
  const time = hex(Date.now(), 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(1)}-8${b.slice(1)}-${rest.join("")}`;
};
