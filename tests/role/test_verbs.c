/* Every verb has all that is asked of a verb: its row (role/verb.h), what does
 * it, arguments with examples that they take, and what people are offered.
 * Its words are asked for by test_explain, its place in docs/SCENARIO.md by
 * test_scenario_page. */
#include "node/post.h"
#include "roles/roles.h"
#include "session/session_in.h"

#include "fixtures/check.h"
#include "role/rows.h"
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

/* ---- who has it ---- */

/* TABLE does V, once. */
static bool
is_done_by(const struct node_verb *table, const struct verb *v)
{
	size_t n = 0;

	for (; table != NULL && table->row != NULL; table++)
		n += table->row == v && table->fn != NULL;
	return n == 1;
}

static bool
is_of_any(const struct verb *v)
{
	return *v->roles == VERB_ANY_ROLE || *v->roles == VERB_ANY_NODE;
}

/* Whoever plays a role does the verbs that it has, and no others. */
static void
every_role_does_its_own(void)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];
		bool node = v->thing <= VERB_OF_CALL;

		expect(is_done_by(node_verbs, v) == (node && is_of_any(v)), v,
		    "any node does it");
		for (size_t r = 0; node_roles[r] != NULL; r++) {
			const struct role *role =
			    role_find(str_of(node_roles[r]->word));
			bool has = !is_of_any(v) && (*v->roles & role->is) != 0;

			expect(is_done_by(node_roles[r]->verbs, v) == has, v,
			    role->word);
		}
	}
	CU_ASSERT(!verb_is_of(&verb_rows[VERB_sender_send], VERB_OF_NODE, 0));
	CU_ASSERT(verb_is_of(&verb_rows[VERB_node_crash], VERB_OF_NODE, 0));
	CU_ASSERT(!verb_is_of(&verb_rows[VERB_ua_invite], VERB_OF_NODE,
	    role_rows[ROLE_proxy].is));
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

/* ---- what is offered ---- */

/* Some offer of V asks for KEY. */
static bool
is_asked(const struct verb *v, const char *key)
{
	for (const struct verb_offer *o = v->offers; o->name != NULL; o++) {
		struct str asks = str_of(o->asks);
		const struct verb_arg *arg;
		bool needed;

		while ((arg = verb_offer_asks(v, &asks, &needed)) != NULL)
			if (strcmp(arg->key, key) == 0)
				return true;
	}
	return false;
}

/* O asks for what V takes, not more than fits, and is found by its name. */
static void
expect_offer(const struct verb *v, const struct verb_offer *o)
{
	size_t n = 0, words = o->asks[0] != '\0';
	struct str asks = str_of(o->asks);
	const struct verb_offer *found;
	const struct verb *by;
	bool needed;

	for (const char *p = o->asks; *p != '\0'; p++)
		words += *p == ' ';
	while (verb_offer_asks(v, &asks, &needed) != NULL)
		n++;
	expect(n == words && n <= ACT_VERB_ARGS, v, o->asks);
	expect(o->text != NULL && o->text[0] != '\0', v, o->name);
	expect((o->moment == MOMENT_EVER) == (v->thing == VERB_OF_MESSAGE), v,
	    "is offered at a moment");
	found = verb_offer_find(v->thing, *v->roles, o->name, &by);
	expect(found != NULL && strcmp(by->name, v->name) == 0, v, o->name);
}

/* Every verb is offered; what it takes is asked for somewhere. */
static void
every_verb_is_offered(void)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];

		expect((v->offers[0].name == NULL) == (v->thing == VERB_OF_RUN),
		    v, "is offered (OFFERS)");
		for (size_t k = 0; v->offers[k].name != NULL; k++) {
			CU_ASSERT_FATAL(k < VERB_OFFERS);
			expect_offer(v, &v->offers[k]);
		}
		/* Where a node sends, an editor opens; what comes from outside
		 * nobody is asked for. */
		for (size_t a = 0; v->args[a].key != NULL; a++) {
			char what[80];

			snprintf(what, sizeof(what), "OFFERS ask for %s",
			    v->args[a].key);
			expect(is_asked(v, v->args[a].key) ==
				   (i != VERB_sender_send &&
				       v->thing != VERB_OF_RUN),
			    v, what);
		}
		expect(v->sentence != NULL && v->sentence[0] != '\0', v,
		    "is told");
	}
}

CHECK_MAIN("verbs", { "every_role_does_its_own", every_role_does_its_own },
    { "every_argument_has_examples", every_argument_has_examples },
    { "every_verb_is_offered", every_verb_is_offered })
