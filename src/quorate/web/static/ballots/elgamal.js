// ElGamal as sections 4.11 to 4.13 use it: { group, y }, y being the election's public key.

export const elgamal = (group, y) => ({ group, y: group.prepared(y) });

// (g^r, y^r times what is encrypted). `r`: secret.
export const encrypt = ({ group, y }, r, plain) => ({
  alpha: group.secretPower(group.g, r),
  beta: group.multiply(group.secretPower(y, r), plain),
});
