/* The 25th role did not compile, and sets of roles were shifted as 32 bits.
 * Here the table has 64 rows. */
#define ROW(X, n) \
	X(more##n, TRAIT_USER | TRAIT_FIRMWARE, NONE, "", "role " #n, "", "")
#define FIVE(X, n, a, b, c, d, e) \
	ROW(X, n##a) ROW(X, n##b) ROW(X, n##c) ROW(X, n##d) ROW(X, n##e)
#define TEN(X, n)         FIVE(X, n, 0, 1, 2, 3, 4) FIVE(X, n, 5, 6, 7, 8, 9)
#define ROLE_ROWS_MORE(X) TEN(X, 1) TEN(X, 2) TEN(X, 3) TEN(X, 4) ROW(X, 50)

/* clang-format off */
#include "role/role.c"
#include "role/verb.c"
#include "topology/topology_table.c"
/* clang-format on */

#include "fixtures/check.h"

static_assert(ROLE_COUNT == 64, "all bits are taken");

/* The set that the words of A and B name, as topologies are read. */
static uint64_t
judge_compare_runs(const struct role *a, const struct role *b, int want)
{
	char words[64];
	uint64_t roles;
	struct topology_at at = { 0 };

	snprintf(words, sizeof(words), "%s %s", a->word, b->word);
	CU_ASSERT_EQUAL(topology_judge_roles(&at, str_of(words), &roles), want);
	return roles;
}

#define HAS(trait)       \
	CU_ASSERT_EQUAL( \
	    (ROLE_##trait & r->is) != 0, (r->traits & TRAIT_##trait) != 0)

static void
each_has_its_own_bit(void)
{
	const struct role *proxy = &role_rows[ROLE_proxy], *r = role_rows;

	for (uint64_t bit = 1; bit != 0; bit <<= 1, r++) {
		CU_ASSERT_EQUAL(role_is(str_of(r->word)), bit);
		CU_ASSERT_EQUAL(role_traits(str_of(r->word)), r->traits);
		HAS(USER);
		HAS(PHONE);
		HAS(AGENT);
		HAS(HABITS);
		HAS(SERVER);
		HAS(FIRMWARE);
		for (size_t i = 0; i < VERB_COUNT; i++)
			CU_ASSERT_EQUAL(
			    verb_is_of(&verb_rows[i], verb_rows[i].thing, bit),
			    *verb_rows[i].roles == 0 ||
				(*verb_rows[i].roles >> (r - role_rows) & 1) !=
				    0);
		if (r != proxy && r->is >> ROLE_mg > 1)
			CU_ASSERT_EQUAL(judge_compare_runs(proxy, r, 0),
			    ROLE_BIT(proxy) | bit);
		judge_compare_runs(r, r, ERR_SYNTAX);
	}
	CU_ASSERT_PTR_EQUAL(r, role_rows + ROLE_COUNT);
}

CHECK_MAIN("roles_up_to_64", { "each has its own bit", each_has_its_own_bit })
