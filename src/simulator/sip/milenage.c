/* Milenage (TS 35.206 4.1); see sip/milenage.h. */
#include "sip/milenage.h"

#include <nettle/aes.h>

#include <string.h>

/* OUT = E(IN) under K. */
static void
encrypt(const uint8_t k[MILENAGE_KEY], const uint8_t in[MILENAGE_KEY],
    uint8_t out[MILENAGE_KEY])
{
	struct aes128_ctx ctx;

	aes128_set_encrypt_key(&ctx, k);
	aes128_encrypt(&ctx, MILENAGE_KEY, out, in);
}

/* A ^= B */
static void
add(uint8_t a[MILENAGE_KEY], const uint8_t b[MILENAGE_KEY])
{
	for (unsigned i = 0; i < MILENAGE_KEY; i++)
		a[i] ^= b[i];
}

void
milenage_opc(const uint8_t k[MILENAGE_KEY], const uint8_t op[MILENAGE_KEY],
    uint8_t opc[MILENAGE_KEY])
{
	encrypt(k, op, opc);
	add(opc, op);
}

/* OUT = E(BESIDE + rot(IN + OPc, ROTATION octets) + C) + OPc; BESIDE may be
 * NULL. */
static void
mix(const struct milenage *m, const uint8_t in[MILENAGE_KEY],
    const uint8_t *beside, unsigned rotation, uint8_t c,
    uint8_t out[MILENAGE_KEY])
{
	uint8_t block[MILENAGE_KEY];

	for (unsigned i = 0; i < MILENAGE_KEY; i++) {
		unsigned from = (i + rotation) % MILENAGE_KEY;

		block[i] = in[from] ^ m->opc[from];
	}
	block[MILENAGE_KEY - 1] ^= c;
	if (beside != NULL)
		add(block, beside);
	encrypt(m->k, block, out);
	add(out, m->opc);
}

/* TEMP = E(RAND + OPc) */
static void
encrypt_rand(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    uint8_t temp[MILENAGE_KEY])
{
	memcpy(temp, rand, MILENAGE_KEY);
	add(temp, m->opc);
	encrypt(m->k, temp, temp);
}

void
milenage_macs(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    const uint8_t sqn[MILENAGE_SQN], const uint8_t amf[MILENAGE_AMF],
    uint8_t mac_a[MILENAGE_MAC], uint8_t mac_s[MILENAGE_MAC])
{
	uint8_t temp[MILENAGE_KEY], in[MILENAGE_KEY], out[MILENAGE_KEY];

	encrypt_rand(m, rand, temp);
	for (unsigned i = 0; i < MILENAGE_KEY; i += 8) {
		memcpy(in + i, sqn, MILENAGE_SQN);
		memcpy(in + i + MILENAGE_SQN, amf, MILENAGE_AMF);
	}
	mix(m, in, temp, 8, 0, out);
	memcpy(mac_a, out, MILENAGE_MAC);
	memcpy(mac_s, out + 8, MILENAGE_MAC);
}

void
milenage_answer(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    struct milenage_answer *a)
{
	uint8_t temp[MILENAGE_KEY], out[MILENAGE_KEY];

	encrypt_rand(m, rand, temp);
	mix(m, temp, NULL, 0, 1, out);
	memcpy(a->ak, out, MILENAGE_SQN);
	memcpy(a->res, out + 8, MILENAGE_MAC);
	mix(m, temp, NULL, 4, 2, a->ck);
	mix(m, temp, NULL, 8, 4, a->ik);
	mix(m, temp, NULL, 12, 8, out);
	memcpy(a->ak_star, out, MILENAGE_SQN);
}
