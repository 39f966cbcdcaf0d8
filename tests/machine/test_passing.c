/*
 * What passes through a box (machine/passing.h): the page of it is the rows, a
 * method or field has one, and the methods are those that the boxes allow.
 */
#include "fixtures/check.h"
#include "fixtures/page_part.h"

#include "machine/passing.h"
#include "msg/headers.h"
#include "pair/pair.h"
#include "rules/rules.h"

#define PAGE "docs/roles/b2bua.md"

static void
write_section(enum rule_id id, struct buf *out)
{
	const struct rule *r = rule_at(id);

	buf_printf(out, " RFC %u %s |\n", r->rfc, r->section);
}

static void
methods(void)
{
	struct str name, allowed = str_of(PAIR_ALLOW);
	LOCAL_BUF out = BUF_INIT;
	const struct pass_method *m;
	size_t n = 0;

	buf_puts(&out, "\n| Method | | Why | By |\n|---|---|---|---|\n");
	for (size_t i = 0; (m = pass_method_at(i)) != NULL; i++) {
		CU_ASSERT_PTR_EQUAL(pass_method_of(m->method), m);
		buf_printf(&out, "| %s | %s | %s |", msg_method_name(m->method),
		    pass_words[m->way].word, m->text);
		write_section(m->rule, &out);
		n++;
	}
	buf_putc(&out, '\n');
	page_part_expect(PAGE, "methods", &out);
	while (allowed.n > 0) {
		name = str_trim(str_cut(allowed, ',', &allowed));
		CU_ASSERT_PTR_NOT_NULL(pass_method_of(msg_method_find(name)));
		n--;
	}
	CU_ASSERT_EQUAL(n, 0);
}

static void
write_way(enum msg_header id, bool request, struct buf *out)
{
	enum pass_way open = pass_way_of(id, request, false);
	enum pass_way hides = pass_way_of(id, request, true);

	buf_printf(out, " %s", pass_words[open].word);
	if (hides != open)
		buf_printf(out, "; %s", pass_words[hides].word);
	buf_puts(out, " |");
}

static void
fields(void)
{
	LOCAL_BUF out = BUF_INIT;
	const struct pass_field *f;

	buf_puts(&out, "\n| Field | In a request | In a response | Why | By |\n"
		       "|---|---|---|---|---|\n");
	for (size_t i = 0; (f = pass_field_at(i)) != NULL; i++) {
		bool other = f->id == MSG_H_OTHER;

		CU_ASSERT_PTR_EQUAL(pass_field_of(f->id), f);
		CU_ASSERT_EQUAL(other, pass_field_at(i + 1) == NULL);
		buf_printf(&out, "| %s |",
		    other ? "all others" : msg_header_info(f->id)->name);
		write_way(f->id, true, &out);
		write_way(f->id, false, &out);
		buf_printf(&out, " %s |", f->text);
		write_section(f->rule, &out);
	}
	buf_putc(&out, '\n');
	page_part_expect(PAGE, "fields", &out);
}

static void
faults(void)
{
	LOCAL_BUF out = BUF_INIT;

	buf_puts(&out,
	    "\n| What goes wrong | Who has asked hears | The other half hears "
	    "| By |\n|---|---|---|---|\n");
	for (size_t i = 0; i < PASS_FAULT_COUNT; i++) {
		const struct pass_fault_row *f = &pass_faults[i];

		buf_printf(&out, "| %s |", f->what);
		if (f->status != 0)
			buf_printf(&out, " %u |", f->status);
		else
			buf_puts(&out, " that refusal |");
		buf_printf(&out, " %s |", f->heard);
		write_section(f->rule, &out);
	}
	buf_putc(&out, '\n');
	page_part_expect(PAGE, "faults", &out);
}

static void
refusals(void)
{
	LOCAL_BUF out = BUF_INIT;
	const struct pass_refusal *r;

	buf_puts(&out, "\n| Refusal | Field | By |\n|---|---|---|\n");
	for (size_t i = 0; (r = pass_refusal_at(i)) != NULL; i++) {
		CU_ASSERT(pass_refusal_needs(r->status, r->id));
		CU_ASSERT(!pass_refusal_needs(486, r->id));
		buf_printf(&out, "| %u | %s | RFC %u %s |\n", r->status,
		    msg_header_info(r->id)->name, r->rfc, r->section);
	}
	buf_putc(&out, '\n');
	page_part_expect(PAGE, "refusals", &out);
}

CHECK_MAIN("passing", { "methods", methods }, { "fields", fields },
    { "faults", faults }, { "refusals", refusals })
