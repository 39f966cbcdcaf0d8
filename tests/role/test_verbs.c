/* Every verb has all that is asked of a verb: its row (role/verb.h), what does
 * it, arguments with examples that they take, and what people are offered.
 * Its words are asked for by test_explain, its place in docs/SCENARIO.md by
 * test_scenario_page. */
#include "node/script_request.h"
#include "session/session_in.h"

#include "fixtures/check.h"
#include "role/verb.h"

#include <string.h>

/* What OK is not, of V. */
static void
expect(bool ok, const struct verb *v, const char *what)
{
	CU_ASSERT_TRUE(ok);
	if (!ok)
		printf("  %s, not so: %s\n", v->name, what);
}

/* ---- arguments ---- */

/* VALUE is taken for ARG. */
static bool
takes(const struct verb *v, const struct verb_arg *arg, const char *value)
{
	struct diag d = DIAG_INIT;
	bool taken =
	    verb_arg_check(v->name, arg, true, "alice", value, &d) == 0;

	if (!taken)
		expect(d.text[0] != '\0', v, "says what is expected");
	return taken;
}

/* Each of the examples. */
static void
expect_examples(const struct verb *v, const struct verb_arg *arg)
{
	char list[120];
	char *rest = list;

	CU_ASSERT_FATAL(strlen(arg->example) < sizeof(list));
	strcpy(list, arg->example);
	while (rest != NULL) {
		char *one = rest, *comma = strstr(rest, ", ");

		rest = comma != NULL ? comma + 2 : NULL;
		if (comma != NULL)
			*comma = '\0';
		expect(takes(v, arg, one), v, one);
	}
}

static void
every_argument_has_examples(void)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];

		for (size_t a = 0; v->args[a].key != NULL; a++) {
			const struct verb_arg *arg = &v->args[a];

			CU_ASSERT_FATAL(a < VERB_ARGS);
			expect(verb_arg(v, arg->key) == arg, v, arg->key);
			expect(!arg->placed || verb_placed(v, a) == arg->key, v,
			    "has those with a place first");
			/* A whole message has none. */
			expect(
			    (arg->example == NULL) == (i == VERB_message_edit),
			    v, arg->key);
			if (arg->example != NULL)
				expect_examples(v, arg);
			/* What no argument can be, whatever its kind. */
			if (arg->kind != KIND_ANY)
				expect(!takes(v, arg, "\n <"), v, arg->key);
			expect(!takes(v, arg, ""), v, arg->key);
		}
	}
}

CHECK_MAIN(
    "verbs", { "every_argument_has_examples", every_argument_has_examples })
