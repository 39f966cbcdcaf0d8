/*
 * Rules that are rows: each has a scene that breaks it and one that does not,
 * of a run and of a capture of the same bytes; docs/CLAUSES.md lists all
 * sentences.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "fixtures/page_part.h"
#include "relation_groups.h"

#include "base/num.h"

/* Scenes whose fault is told of behind a proxy, too: most rows do not mind it.
 */
#define FEWEST_TOLD 200

/* How often the scene's row is broken; *DOUBTED: nothing is, and it is not
 * known to be kept. */
static unsigned
count_broken(const struct relation_scene *s, const char *message, bool whole,
    bool *doubted)
{
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inspect *in;
	unsigned n = 0;

	*doubted = false;
	buf_printf(&text, "%s%s", s->before, message);
	scene_write(buf_cstr(&text), whole, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++)
		n += str_starts(
		    inspect_report(in)->findings[i].text, s->sentence);
	for (size_t c = 0; c < inspect_clause_count(); c++) {
		const struct inspect_clause *clause = inspect_clause_at(c);

		if (!str_starts(str_of(clause->when), s->sentence))
			continue;
		for (int r = 0; r < ROLE_CLASS_COUNT; r++)
			*doubted |=
			    inspect_report(in)->rows[clause->rule].doubted[r];
	}
	inspect_destroy(in);
	trace_destroy(t);
	return n;
}

static void
scene_tells(const struct relation_scene *s, bool whole)
{
	bool doubted = false, in_doubt;
	unsigned wrong =
	    s->fault == NULL ? 1 : count_broken(s, s->fault, whole, &doubted);
	unsigned right = count_broken(s, s->right, whole, &in_doubt);
	bool good = right == 0 &&
		    (wrong > 0 || (!whole && s->run && doubted) ||
			(s->run == DOUBTED_ALONE && doubted && !in_doubt));

	if (!good)
		printf("BAD %s (%s): broken %u, with the right message %u\n",
		    s->sentence, whole ? "run" : "capture", wrong, right);
	CU_ASSERT_TRUE(good);
}

static void
scenes_tell(void)
{
	for (size_t g = 0; g < COUNT_OF(relation_groups); g++)
		for (size_t i = 0; i < relation_groups[g].n; i++) {
			scene_tells(&relation_groups[g].list[i], true);
			scene_tells(&relation_groups[g].list[i], false);
		}
}

/* ---- a proxy between the two ---- */

/* The lines of TEXT, where p stands between a and b: each message goes to p,
 * which passes it on as it came. */
static void
put_relayed(struct buf *out, const char *text)
{
	struct str rest = str_of(text), line, words, behind;
	struct str time, ends, what;

	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		time = str_cut(line, ' ', &words);
		ends = str_cut(words, ' ', &behind);
		if (!str_is(ends, "a>b") && !str_is(ends, "b>a")) {
			buf_printf(out, "%.*s\n", STR_ARG(line));
			continue;
		}
		what = str_cut(behind, ' ', &words);
		buf_printf(out, "%.*s %c>p %.*s\n%.*s p>%c %.*s fwd\n",
		    STR_ARG(time), ends.p[0], STR_ARG(behind), STR_ARG(time),
		    ends.p[2], STR_ARG(what));
	}
}

/* How often NODE has broken the row of S, whose fault a proxy passes on. */
static unsigned
count_blamed(const struct relation_scene *s, const char *node, bool whole)
{
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inspect *in;
	unsigned n = 0;

	put_relayed(&text, s->before);
	put_relayed(&text, s->fault);
	scene_write(buf_cstr(&text), whole, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];

		n += str_starts(f->text, s->sentence) && str_is(f->name, node);
	}
	inspect_destroy(in);
	trace_destroy(t);
	return n;
}

/* S is about who makes a message, no proxy's hop. */
static bool
is_of_maker(const struct relation_scene *s)
{
	return s->fault != NULL && strstr(s->fault, "p>") == NULL &&
	       strstr(s->fault, ">p") == NULL &&
	       strcmp(s->sentence, "The request for a SIPS URI") != 0;
}

static void
proxies_pass_on(void)
{
	unsigned told = 0;

	for (size_t g = 0; g < COUNT_OF(relation_groups); g++)
		for (size_t i = 0; i < relation_groups[g].n; i++) {
			const struct relation_scene *s =
			    &relation_groups[g].list[i];
			unsigned blamed;

			if (!is_of_maker(s))
				continue;
			blamed = count_blamed(s, "p", true) +
				 count_blamed(s, "p", false);
			told += count_blamed(s, "a", false) > 0 ||
				count_blamed(s, "b", false) > 0;
			if (blamed > 0)
				printf("BAD %s: its proxy, %u times\n",
				    s->sentence, blamed);
			CU_ASSERT_EQUAL(blamed, 0);
		}
	if (told < FEWEST_TOLD)
		printf("BAD %u are told of\n", told);
	CU_ASSERT_TRUE(told >= FEWEST_TOLD);
}

static unsigned
count_scenes(const char *sentence)
{
	unsigned n = 0;

	for (size_t g = 0; g < COUNT_OF(relation_groups); g++)
		for (size_t i = 0; i < relation_groups[g].n; i++)
			n += str_starts(str_of(sentence),
			    relation_groups[g].list[i].sentence);
	return n;
}

static void
each_row_has_a_scene(void)
{
	for (size_t c = 0; c < inspect_clause_count(); c++) {
		const struct inspect_clause *clause = inspect_clause_at(c);

		if (!clause->relation)
			continue;
		if (count_scenes(clause->when) == 0)
			printf("BAD no scene: %s\n", clause->when);
		CU_ASSERT_TRUE(count_scenes(clause->when) > 0);
	}
}

/* ---- the page ---- */

static unsigned
count_check_scenes(const char *rule)
{
	unsigned n = 0;

	for (size_t i = 0; i < NSCENES; i++)
		n += strcmp(scenes[i].rule, rule) == 0;
	return n;
}

static void
put_sentence(struct buf *out, enum rule_id rule, const char *sentence,
    const char *how, unsigned n)
{
	const struct rule *r = rule_at(rule);

	buf_puts(out, "| ");
	if (r->rfc > 0)
		buf_printf(out, "RFC %u ", r->rfc);
	buf_printf(
	    out, "%s | `%s` | %s | %s |", r->section, r->key, sentence, how);
	if (n > 0)
		buf_printf(out, " %u |\n", n);
	else
		buf_puts(out, " |\n");
}

static void
put_rule(struct buf *out, enum rule_id rule)
{
	const char *open;

	for (size_t c = 0; c < inspect_clause_count(); c++) {
		const struct inspect_clause *clause = inspect_clause_at(c);

		if (clause->rule == rule)
			put_sentence(out, rule, clause->when,
			    clause->relation ? "row" : "check",
			    clause->relation
				? count_scenes(clause->when)
				: count_check_scenes(rule_at(rule)->key));
	}
	for (unsigned i = 0; (open = inspect_open_sentence(rule, i)) != NULL;
	     i++)
		put_sentence(out, rule, open, "open", 0);
}

/* Norms that are no RFC come last. */
static int
compare_rules(const void *a, const void *b)
{
	const struct rule *x = rule_at(*(const enum rule_id *)a);
	const struct rule *y = rule_at(*(const enum rule_id *)b);
	int order = strverscmp(x->section, y->section);

	if (x->rfc != y->rfc)
		return x->rfc - 1 < y->rfc - 1 ? -1 : 1;
	return order != 0 ? order : strcmp(x->key, y->key);
}

static void
page_lists_all(void)
{
	enum rule_id rules[RULE_COUNT];
	LOCAL_BUF out = BUF_INIT;
	size_t n = 0;

	for (int r = RULE_NONE + 1; r < RULE_COUNT; r++)
		if (inspect_clause_of((enum rule_id)r) != NULL)
			rules[n++] = (enum rule_id)r;
	qsort(rules, n, sizeof(rules[0]), compare_rules);
	buf_puts(&out, "\n| Section | Rule | What is looked at | How | Scenes "
		       "|\n|---|---|---|---|--:|\n");
	for (size_t i = 0; i < n; i++)
		put_rule(&out, rules[i]);
	buf_putc(&out, '\n');
	page_part_expect("docs/CLAUSES.md", "sentences", &out);
}

CHECK_MAIN("relations", { "scenes tell", scenes_tell },
    { "who passes a fault on has not made it", proxies_pass_on },
    { "each row has a scene", each_row_has_a_scene },
    { "the page lists all sentences", page_lists_all })
