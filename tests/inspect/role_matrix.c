/* See role_matrix.h; the rows are those of role_matrix_rows.h. */
#include "role_matrix.h"

#include "base/rows.h"
#include "fixtures/check.h"
#include "fixtures/page_part.h"
#include "role_matrix_rows.h"
#include "rules/rules.h"

#include <stdarg.h>

#define PAGE      "docs/roles/matrix.md"
#define LAB_BYTES 64
#define LOCATION  "location-" /* how keys of its rules begin */

static const struct row {
	unsigned rfc;
	const char *section, *about, *levels;
} rows[] = {
#define X(...) { __VA_ARGS__ },
	ROLE_MATRIX(X)
#undef X
};

/* Of the labs that show a row for a role the one with the shortest trace. */
static struct shown {
	char lab[LAB_BYTES];
	uint64_t records; /* 0: none */
} shown[COUNT_OF(rows)][ROLE_CLASS_COUNT];

static void __attribute__((format(printf, 1, 2))) say_bad(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("BAD ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	CU_ASSERT_TRUE(false);
}

/* SECTION is OUTER, or lies within it. */
static bool
is_within(const char *section, const char *outer)
{
	size_t n = strlen(outer);

	return n == 0 || (strncmp(section, outer, n) == 0 &&
			     (section[n] == '\0' || section[n] == '.'));
}

/* The row that stands for a rule; COUNT_OF(rows): none does, as for those of
 * the location service, whose protocol is rung's own. */
static size_t
row_of(const struct rule *rule)
{
	size_t best = COUNT_OF(rows);

	if (strncmp(rule->key, LOCATION, strlen(LOCATION)) == 0)
		return best;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].rfc == rule->rfc &&
		    is_within(rule->section, rows[i].section) &&
		    (best == COUNT_OF(rows) ||
			strlen(rows[i].section) > strlen(rows[best].section)))
			best = i;
	return best;
}

static void
note_role(size_t row, enum role_class role, const char *lab, uint64_t records)
{
	struct shown *s = &shown[row][role];

	if (s->records != 0 && s->records <= records)
		return;
	s->records = records;
	snprintf(s->lab, sizeof(s->lab), "%s", lab);
}

/* Each of the nodes with a role has that alone: what they do they do in it. */
static bool
is_pure(const struct inspect *in, int role)
{
	const struct inspect_report *r = inspect_report(in);

	for (size_t i = 0; i < r->nnodes; i++)
		if ((r->nodes[i].roles >> role & 1) != 0 &&
		    r->nodes[i].roles != 1u << role)
			return false;
	return true;
}

void
role_matrix_note(const struct inspect *in, const char *file)
{
	const struct rule *rule;

	if (strncmp(file, "labs/", 5) != 0)
		return;
	for (unsigned id = RULE_NONE + 1;
	     (rule = rule_at((enum rule_id)id)) != NULL; id++) {
		size_t row = row_of(rule);

		for (int r = 0; row < COUNT_OF(rows) && r < ROLE_CLASS_COUNT;
		     r++)
			if (inspect_cell_of(in, (enum rule_id)id,
				(enum role_class)r) != INSPECT_NEVER &&
			    (rows[row].levels[r] != '-' || is_pure(in, r)))
				note_role(row, (enum role_class)r, file + 5,
				    inspect_report(in)->files[0].records);
	}
}

/* ---- the page ---- */

static void
put_cell(struct buf *out, char level, bool seen)
{
	const char *mark = seen ? "**" : "";

	if (level == '-')
		buf_puts(out, " – |");
	else
		buf_printf(out, " %s%c%s |", mark, level, mark);
}

static bool
is_seen(size_t i, int r)
{
	return rows[i].levels[r] != '-' && shown[i][r].records > 0;
}

/* The roles from FIRST on that LAB shows row I for; they are marked in DONE. */
static void
put_lab(struct buf *out, size_t i, int first, bool done[ROLE_CLASS_COUNT])
{
	const char *lab = shown[i][first].lab, *gap = "";

	buf_printf(out, "`%s` (", lab);
	for (int r = first; r < ROLE_CLASS_COUNT; r++) {
		if (!is_seen(i, r) || strcmp(shown[i][r].lab, lab) != 0)
			continue;
		buf_printf(out, "%s%s", gap, role_class_words[r]);
		gap = ", ";
		done[r] = true;
	}
	buf_putc(out, ')');
}

static void
put_row(struct buf *out, size_t i)
{
	bool done[ROLE_CLASS_COUNT] = { false };
	const char *gap = " ";

	buf_printf(out, "| %u%s%s | %s |", rows[i].rfc,
	    rows[i].section[0] != '\0' ? " " : "", rows[i].section,
	    rows[i].about);
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		put_cell(out, rows[i].levels[r], is_seen(i, r));
	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		if (done[r] || !is_seen(i, r))
			continue;
		buf_puts(out, gap);
		put_lab(out, i, r, done);
		gap = ", ";
	}
	buf_puts(out, " |\n");
}

/* The inspector holds role R to a clause of row I, or to none of any role's. */
static bool
is_looked_at(size_t i, int r)
{
	bool any = false;

	for (size_t c = 0; c < inspect_clause_count(); c++) {
		const struct inspect_clause *clause = inspect_clause_at(c);

		if (row_of(rule_at(clause->rule)) != i)
			continue;
		if ((clause->roles >> r & 1) != 0)
			return true;
		any = true;
	}
	return !any;
}

/* What is not for a role no lab shows, and what is required of it is looked at.
 * A terminal is whoever has no other role, so that a program (role=script) may
 * do in its name what a proxy does. */
static void
rows_agree(void)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		CU_ASSERT_EQUAL(strlen(rows[i].levels), ROLE_CLASS_COUNT);
		for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
			char level = rows[i].levels[r];

			if (level == '-' && shown[i][r].records > 0 &&
			    r != ROLE_CLASS_TERMINAL)
				say_bad("RFC %u %s is not for a %s, but %s "
					"shows it",
				    rows[i].rfc, rows[i].section,
				    role_class_words[r], shown[i][r].lab);
			if (level == 'R' && !is_looked_at(i, r))
				say_bad("RFC %u %s is required of a %s, but "
					"no clause binds it",
				    rows[i].rfc, rows[i].section,
				    role_class_words[r]);
		}
	}
}

/* Each rule of RFC 3261 has its row. */
static void
rules_have_rows(void)
{
	const struct rule *rule;

	for (unsigned id = RULE_NONE + 1;
	     (rule = rule_at((enum rule_id)id)) != NULL; id++)
		if (rule->rfc == 3261 && row_of(rule) == COUNT_OF(rows) &&
		    strncmp(rule->key, LOCATION, strlen(LOCATION)) != 0)
			say_bad("section %s has no row", rule->section);
}

void
role_matrix_expect(void)
{
	LOCAL_BUF out = BUF_INIT;

	rules_have_rows();
	rows_agree();
	buf_puts(&out, "\n| RFC, section | about |");
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		buf_printf(&out, " %s |", role_class_words[r]);
	buf_puts(&out, " seen in |\n|---|---|");
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		buf_puts(&out, ":-:|");
	buf_puts(&out, "---|\n");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		put_row(&out, i);
	buf_putc(&out, '\n');
	page_part_expect(PAGE, "matrix", &out);
}
