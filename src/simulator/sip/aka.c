/* Authentication and key agreement; see sip/aka.h. */
#include "sip/aka.h"

#include "base/err.h"

#include <nettle/aes.h>
#include <string.h>

/* ---- Milenage (TS 35.206 4.1); see sip/aka.h ---- */

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
aka_add(uint8_t a[MILENAGE_KEY], const uint8_t b[MILENAGE_KEY])
{
	for (unsigned i = 0; i < MILENAGE_KEY; i++)
		a[i] ^= b[i];
}

void
milenage_opc(const uint8_t k[MILENAGE_KEY], const uint8_t op[MILENAGE_KEY],
    uint8_t opc[MILENAGE_KEY])
{
	encrypt(k, op, opc);
	aka_add(opc, op);
}

/* OUT = E(BESIDE + rot(IN + OPc, ROTATION octets) + C) + OPc; BESIDE may be
 * NULL. */
static void
aka_mix(const struct milenage *m, const uint8_t in[MILENAGE_KEY],
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
		aka_add(block, beside);
	encrypt(m->k, block, out);
	aka_add(out, m->opc);
}

/* TEMP = E(RAND + OPc) */
static void
encrypt_rand(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    uint8_t temp[MILENAGE_KEY])
{
	memcpy(temp, rand, MILENAGE_KEY);
	aka_add(temp, m->opc);
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
	aka_mix(m, in, temp, 8, 0, out);
	memcpy(mac_a, out, MILENAGE_MAC);
	memcpy(mac_s, out + 8, MILENAGE_MAC);
}

void
milenage_answer(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    struct milenage_answer *a)
{
	uint8_t temp[MILENAGE_KEY], out[MILENAGE_KEY];

	encrypt_rand(m, rand, temp);
	aka_mix(m, temp, NULL, 0, 1, out);
	memcpy(a->ak, out, MILENAGE_SQN);
	memcpy(a->res, out + 8, MILENAGE_MAC);
	aka_mix(m, temp, NULL, 4, 2, a->ck);
	aka_mix(m, temp, NULL, 8, 4, a->ik);
	aka_mix(m, temp, NULL, 12, 8, out);
	memcpy(a->ak_star, out, MILENAGE_SQN);
}

/* The separation bit is set where CK and IK serve access to IMS alike. */
static const uint8_t amf[MILENAGE_AMF] = { 0x80, 0x00 };
/* TS 33.102 6.3.3: of AUTS. */
static const uint8_t amf_sync[MILENAGE_AMF] = { 0x00, 0x00 };

static void
put_sqn(uint64_t sqn, uint8_t out[MILENAGE_SQN])
{
	for (unsigned i = 0; i < MILENAGE_SQN; i++)
		out[i] = (uint8_t)(sqn >> 8 * (MILENAGE_SQN - 1 - i));
}

static uint64_t
get_sqn(const uint8_t in[MILENAGE_SQN])
{
	uint64_t sqn = 0;

	for (unsigned i = 0; i < MILENAGE_SQN; i++)
		sqn = sqn << 8 | in[i];
	return sqn;
}

/* A ^= B, as an SQN is hidden by AK. */
static void
hide(uint8_t a[MILENAGE_SQN], const uint8_t b[MILENAGE_SQN])
{
	for (unsigned i = 0; i < MILENAGE_SQN; i++)
		a[i] ^= b[i];
}

static bool
aka_read_key(struct str hex, uint8_t key[MILENAGE_KEY])
{
	uint64_t half;

	if (hex.n != 2 * MILENAGE_KEY)
		return false;
	for (unsigned i = 0; i < 2; i++) {
		if (str_hex(str_slice(hex, (size_t)16 * i, (size_t)16 * i + 16),
			16, &half) != 0)
			return false;
		for (unsigned k = 0; k < 8; k++)
			key[8 * i + k] = (uint8_t)(half >> (56 - 8 * k));
	}
	return true;
}

int
aka_sim_read(struct str text, struct aka_sim *s)
{
	bool k = false, opc = false, good = true;

	*s = (struct aka_sim){ 0 };
	while (text.n > 0) {
		struct str value, word = str_cut(text, ' ', &text);
		struct str name = str_cut(word, '=', &value);

		if (str_is(name, "impi"))
			s->impi = value;
		else if (str_is(name, "k"))
			k = aka_read_key(value, s->keys.k);
		else if (str_is(name, "opc"))
			opc = aka_read_key(value, s->keys.opc);
		else if (str_is(name, "sqn"))
			good &= str_hex(value, 12, &s->sqn) == 0;
		else
			good &= word.n == 0;
	}
	return good && k && opc ? 0 : ERR_SYNTAX;
}

void
aka_challenge(const struct aka_sim *s, const uint8_t rand[MILENAGE_KEY],
    struct aka_vector *v)
{
	uint8_t sqn[MILENAGE_SQN], mac[MILENAGE_MAC], other[MILENAGE_MAC];
	char *autn = v->nonce + MILENAGE_KEY;

	put_sqn(s->sqn, sqn);
	milenage_macs(&s->keys, rand, sqn, amf, mac, other);
	milenage_answer(&s->keys, rand, &v->expected);
	hide(sqn, v->expected.ak);
	memcpy(v->nonce, rand, MILENAGE_KEY);
	memcpy(autn, sqn, sizeof(sqn));
	memcpy(autn + MILENAGE_SQN, amf, sizeof(amf));
	memcpy(autn + MILENAGE_SQN + MILENAGE_AMF, mac, sizeof(mac));
}

enum aka_verdict
aka_answer(struct aka_sim *s, const char *nonce, struct milenage_answer *answer,
    char auts[AKA_AUTS])
{
	uint8_t rand[MILENAGE_KEY], sqn[MILENAGE_SQN], said[MILENAGE_AMF];
	uint8_t mac[MILENAGE_MAC], mac_s[MILENAGE_MAC];
	const char *autn = nonce + MILENAGE_KEY;

	memcpy(rand, nonce, sizeof(rand));
	memcpy(sqn, autn, sizeof(sqn));
	memcpy(said, autn + MILENAGE_SQN, sizeof(said));
	milenage_answer(&s->keys, rand, answer);
	hide(sqn, answer->ak);
	milenage_macs(&s->keys, rand, sqn, said, mac, mac_s);
	if (memcmp(mac, autn + MILENAGE_SQN + MILENAGE_AMF, sizeof(mac)) != 0)
		return AKA_WRONG_MAC;
	if (get_sqn(sqn) > s->sqn) {
		s->sqn = get_sqn(sqn);
		return AKA_GOOD;
	}
	put_sqn(s->sqn, sqn);
	milenage_macs(&s->keys, rand, sqn, amf_sync, mac, mac_s);
	hide(sqn, answer->ak_star);
	memcpy(auts, sqn, sizeof(sqn));
	memcpy(auts + MILENAGE_SQN, mac_s, sizeof(mac_s));
	return AKA_OLD;
}

bool
aka_resync(struct aka_sim *s, const char *sync)
{
	uint8_t rand[MILENAGE_KEY], sqn[MILENAGE_SQN];
	uint8_t mac[MILENAGE_MAC], mac_s[MILENAGE_MAC];
	struct milenage_answer answer;

	memcpy(rand, sync, sizeof(rand));
	memcpy(sqn, sync + MILENAGE_KEY, sizeof(sqn));
	milenage_answer(&s->keys, rand, &answer);
	hide(sqn, answer.ak_star);
	milenage_macs(&s->keys, rand, sqn, amf_sync, mac, mac_s);
	if (memcmp(mac_s, sync + MILENAGE_KEY + MILENAGE_SQN, sizeof(mac_s)) !=
	    0)
		return false;
	s->sqn = get_sqn(sqn);
	return true;
}
