/*
 * Milenage by the test sets of TS 35.207 and TS 35.208, challenges and what a
 * SIM makes of them (TS 33.102), digest with AKA (RFC 3310).
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "sip/aka.h"
#include "sip/digest.h"

#include <string.h>

static void
unhex(const char *hex, uint8_t *out)
{
	for (; *hex != '\0'; hex += 2)
		*out++ = (uint8_t)(chr_hex(hex[0]) << 4 | chr_hex(hex[1]));
}

static bool
is(const uint8_t *bytes, const char *hex)
{
	uint8_t want[32];

	unhex(hex, want);
	return memcmp(bytes, want, strlen(hex) / 2) == 0;
}

static const struct set {
	const char *k, *rand, *sqn, *amf, *op, *opc, *f1, *f1_star, *f2, *f3,
	    *f4, *f5, *f5_star;
} sets[] = {
	{ "465b5ce8b199b49faa5f0a2ee238a6bc",
	    "23553cbe9637a89d218ae64dae47bf35", "ff9bb4d0b607", "b9b9",
	    "cdc202d5123e20f62b6d676ac72cb318",
	    "cd63cb71954a9f4e48a5994e37a02baf", "4a9ffac354dfafb3",
	    "01cfaf9ec4e871e9", "a54211d5e3ba50bf",
	    "b40ba9a3c58b2a05bbf0d987b21bf8cb",
	    "f769bcd751044604127672711c6d3441", "aa689c648370",
	    "451e8beca43b" },
	{ "fec86ba6eb707ed08905757b1bb44b8f",
	    "9f7c8d021accf4db213ccff0c7f71a6a", "9d0277595ffc", "725c",
	    "dbc59adcb6f9a0ef735477b7fadf8374",
	    "1006020f0a478bf6b699f15c062e42b3", "9cabc3e99baf7281",
	    "95814ba2b3044324", "8011c48c0c214ed2",
	    "5dbdbb2954e8f3cde665b046179a5098",
	    "59a92d3b476a0443487055cf88b2307b", "33484dc2136b",
	    "deacdd848cc6" },
};

static void
the_test_sets(void)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		const struct set *s = &sets[i];
		uint8_t op[16], rand[16], sqn[6], amf[2], a[8], b[8];
		struct milenage_answer x;
		struct milenage m;

		unhex(s->k, m.k);
		unhex(s->op, op);
		unhex(s->rand, rand);
		unhex(s->sqn, sqn);
		unhex(s->amf, amf);
		milenage_opc(m.k, op, m.opc);
		CU_ASSERT(is(m.opc, s->opc));
		milenage_macs(&m, rand, sqn, amf, a, b);
		CU_ASSERT(is(a, s->f1));
		CU_ASSERT(is(b, s->f1_star));
		milenage_answer(&m, rand, &x);
		CU_ASSERT(is(x.res, s->f2));
		CU_ASSERT(is(x.ck, s->f3));
		CU_ASSERT(is(x.ik, s->f4));
		CU_ASSERT(is(x.ak, s->f5));
		CU_ASSERT(is(x.ak_star, s->f5_star));
	}
}

#define SIM                                   \
	"impi=alice@a.example "               \
	"k=465b5ce8b199b49faa5f0a2ee238a6bc " \
	"opc=cd63cb71954a9f4e48a5994e37a02baf "
static const uint8_t number[16] = "0123456789abcde";

static void
a_sim_is_read(void)
{
	static const struct {
		const char *text;
		int err;
	} rows[] = {
		{ SIM, 0 },
		{ SIM "sqn=0000000000ff", 0 },
		{ SIM "sqn=ff", ERR_SYNTAX },
		{ SIM "pin=1234", ERR_SYNTAX },
		{ "k=465b5ce8b199b49faa5f0a2ee238a6bc", ERR_SYNTAX },
		{ "k=465b opc=cd63", ERR_SYNTAX },
		{ "", ERR_SYNTAX },
	};
	struct aka_sim s;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(
		    aka_sim_read(str_of(rows[i].text), &s), rows[i].err);
	aka_sim_read(STR(SIM "sqn=0000000000ff"), &s);
	CU_ASSERT_EQUAL(s.sqn, 255);
	CU_ASSERT(str_is(s.impi, "alice@a.example"));
}

/* What the network knows, what the SIM says, and how they count together. */
static void
challenges(void)
{
	struct aka_sim home, sim;
	struct aka_vector v;
	struct milenage_answer x;
	char auts[AKA_AUTS], sync[AKA_SYNC];

	aka_sim_read(STR(SIM "sqn=000000000020"), &home);
	aka_sim_read(STR(SIM "sqn=000000000000"), &sim);
	aka_challenge(&home, number, &v);
	CU_ASSERT_EQUAL(aka_answer(&sim, v.nonce, &x, auts), AKA_GOOD);
	CU_ASSERT_EQUAL(memcmp(x.res, v.expected.res, 8), 0);
	CU_ASSERT_EQUAL(sim.sqn, 0x20);
	/* the same again is old */
	CU_ASSERT_EQUAL(aka_answer(&sim, v.nonce, &x, auts), AKA_OLD);
	sim.sqn = 0x123456;
	CU_ASSERT_EQUAL(aka_answer(&sim, v.nonce, &x, auts), AKA_OLD);
	memcpy(sync, v.nonce, 16);
	memcpy(sync + 16, auts, sizeof(auts));
	CU_ASSERT(aka_resync(&home, sync));
	CU_ASSERT_EQUAL(home.sqn, 0x123456);
	sync[29] ^= 1;
	CU_ASSERT(!aka_resync(&home, sync));
	home.sqn += AKA_STEP;
	aka_challenge(&home, number, &v);
	CU_ASSERT_EQUAL(aka_answer(&sim, v.nonce, &x, auts), AKA_GOOD);
	/* another key, an octet that is another */
	home.keys.k[3] ^= 1;
	home.sqn += AKA_STEP;
	aka_challenge(&home, number, &v);
	CU_ASSERT_EQUAL(aka_answer(&sim, v.nonce, &x, auts), AKA_WRONG_MAC);
}

CHECK_MAIN("aka", { "the test sets", the_test_sets },
    { "a SIM is read", a_sim_is_read }, { "challenges", challenges })
