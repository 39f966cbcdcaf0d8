/*
 * Bodies of GB/T 28181 as others send them: elements lie within each other,
 * each piece of their text is one line and none is lost, what was read can be
 * written in GB 18030 and is read as the same, and what is said of it has no
 * end of a line in it.  The same bytes as MANSRTSP and as a PTZCmd.
 */
#include "fuzz.h"

#include "base/err.h"
#include "text/utf8.h"
#include "text/xml.h"
#include "msg/explain_in.h"
#include "surveillance/manscdp.h"
#include "surveillance/mansrtsp.h"
#include "surveillance/ptz.h"

static void
end_note(struct msg_note *n)
{
	fuzz_want(n->what != NULL && n->section != NULL);
	fuzz_want(n->says.n == 0 || n->says.p[n->says.n - 1] == '\n');
	buf_free(&n->says);
	buf_free(&n->history);
	buf_free(&n->problem);
}

#define NOTE                                                 \
	{                                                    \
		.what = "", .section = "", .says = BUF_INIT, \
		.history = BUF_INIT, .problem = BUF_INIT     \
	}

static void
check_elements(const struct manscdp *m)
{
	fuzz_want(m->n > 0 && m->elements[0].end == m->n);
	for (size_t i = 0; i < m->n; i++) {
		const struct manscdp_element *e = &m->elements[i];
		struct msg_note note = NOTE;

		fuzz_want(e->end > i && e->end <= m->elements[e->parent].end);
		fuzz_want(i == 0 || e->parent < i);
		fuzz_want(utf8_valid(e->value));
		if (i < 64) {
			explain_manscdp(m, i, &note);
			end_note(&note);
		}
	}
	fuzz_want(m->nfindings <= MANSCDP_MOST);
	for (size_t i = 0; i < m->nfindings; i++)
		fuzz_want(m->findings[i].element < m->n);
}

/* As many lines begin an element as there are. */
static void
check_pieces(struct str text, size_t elements)
{
	size_t at = 0, last = 0, opened = 0;
	struct str piece;
	bool opens;

	while (manscdp_next_piece(text, &at, &piece, &opens)) {
		fuzz_want(at > last && at <= text.n && piece.n > 0);
		last = at;
		opened += opens;
	}
	fuzz_want(elements == 0 || opened == elements);
}

static void
write_again(const struct manscdp *m)
{
	LOCAL_BUF body = BUF_INIT, out = BUF_INIT;
	struct manscdp back;

	xml_print(&body, "<%s>%.*s</%s>", manscdp_root_name(m->root),
	    STR_ARG(m->elements[m->n - 1].value), manscdp_root_name(m->root));
	fuzz_want(manscdp_encode(buf_view(&body), STR("GB18030"), &out) == 0);
	fuzz_want(manscdp_read(&back, buf_view(&out)) == 0);
	fuzz_want(back.n == 1);
	manscdp_free(&back);
}

static void
read_ptz(struct str all)
{
	LOCAL_BUF out = BUF_INIT;
	struct ptz p, q;

	if (ptz_read(all, &p) == PTZ_FAULT_NONE) {
		ptz_write(&p, &out);
		fuzz_want(ptz_read(buf_view(&out), &q) == PTZ_FAULT_NONE);
		fuzz_want(q.command == p.command && q.sum == p.sum);
	}
	ptz_say(&p, &out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str all = { (const char *)bytes, n };
	struct mansrtsp r;
	struct manscdp m;
	int err = manscdp_read(&m, all);

	fuzz_want(err == 0 || err == ERR_SYNTAX);
	if (err == 0) {
		check_elements(&m);
		check_pieces(buf_view(&m.text), m.n);
		write_again(&m);
		manscdp_free(&m);
	} else {
		fuzz_want(manscdp_fault_words(m.fault)[0] != '\0');
		check_pieces(all, 0);
	}
	mansrtsp_read(all, &r);
	fuzz_want(r.n <= MANSRTSP_LINES);
	for (size_t i = 0; i < r.n; i++) {
		struct msg_note note = NOTE;

		explain_mansrtsp(&r, i, &note);
		end_note(&note);
	}
	read_ptz(all);
	return 0;
}
