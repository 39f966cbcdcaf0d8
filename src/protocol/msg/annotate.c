/*
 * Explaining a message: the walk over its lines, the problems put to the lines
 * they concern, the RFCs that others have replaced.
 */
#include "msg/annotate.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "msg/annotate_in.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/rfcs.h"

#include <string.h>

/* Lines that are noted at most; a message has no more fields than 256. */
#define NOTES_MAX 1024

struct msg_note *
annotate_add(struct msg_notes *notes, enum msg_note_kind kind, struct str text)
{
	struct msg_note *n;

	if (ARRAY_ROOM(&notes->lines, &notes->cap, notes->n + 1) != 0)
		return NULL;
	n = &notes->lines[notes->n++];
	*n = (struct msg_note){ .kind = kind,
		.text = text,
		.what = "",
		.section = "",
		.says = BUF_INIT,
		.history = BUF_INIT,
		.problem = BUF_INIT };
	while (n->text.n > 0 && (n->text.p[n->text.n - 1] == '\n' ||
				    n->text.p[n->text.n - 1] == '\r'))
		n->text.n--;
	return n;
}

void
annotate_history(struct msg_note *n)
{
	unsigned current = msg_rfc_current(n->rfc);
	const struct msg_rfc *before;

	if (current != n->rfc)
		explain_say(&n->history,
		    _("RFC %u, which defines this, has been replaced by "
		      "RFC %u."),
		    n->rfc, current);
	/* that RFC 3261 replaced RFC 2543 is no news at every line, and
	 * RFC 8866's forerunners are named at v= */
	if (n->rfc == 0 || n->rfc == 3261 || n->rfc == 8866)
		return;
	before = msg_rfc_before(n->rfc, 0);
	if (before != NULL)
		explain_say(&n->history,
		    _("Older texts cite RFC %u here. RFC %u has replaced it."),
		    before->number, n->rfc);
}

static void
annotate_request(const struct msg *m, struct msg_note *n)
{
	static const struct {
		unsigned rfc;
		const char *section, *text;
	} rows[MSG_METHOD_COUNT] = {
		[MSG_OTHER] = { 3261, "8.2.1",
		    N_("a request with a method that rung does not know") },
#define X(id, rfc, section, text) [MSG_##id] = { rfc, section, text },
		MSG_METHODS(X)
#undef X
	};

	n->rfc = rows[m->method].rfc;
	n->section = rows[m->method].section;
	n->what = _(rows[m->method].text);
	explain_say(&n->says, _("A request: method %.*s, sent to %.*s."),
	    STR_ARG(m->method_name), STR_ARG(m->uri));
	explain_uri(&n->says, m->uri);
}

static const char *
class_text(unsigned status)
{
	static const char *const texts[] = {
		N_("A provisional response: the final response follows later."),
		N_("A final response: success."),
		N_("A final response: try another address."),
		N_("A final response: the request failed here; it may succeed "
		   "after a change or at another server."),
		N_("A final response: this server failed; another server may "
		   "succeed."),
		N_("A final response: the request fails everywhere."),
	};

	return _(texts[status / 100 - 1]);
}

static void
annotate_response(const struct msg *m, struct msg_note *n)
{
	const struct msg_status_info *row = msg_status(m->status);

	n->rfc = 3261;
	n->section = "21";
	if (row != NULL) {
		n->rfc = row->rfc;
		n->section = row->section;
		n->what = _(row->text);
	}
	explain_say(&n->says, "%s", class_text(m->status));
	if (row == NULL)
		/* 8.1.3.2: an unknown code is treated as x00 */
		explain_say(&n->says,
		    _("The code %u is in no registry known to rung; it is "
		      "treated as %u."),
		    m->status, m->status / 100 * 100);
	else if (!str_is(m->reason, row->phrase))
		explain_say(&n->says,
		    _("The reason phrase may be any text; the usual one is "
		      "“%s”."),
		    row->phrase);
}

static int
note_start_line(struct msg_notes *notes)
{
	const struct msg *m = notes->m;
	struct msg_note *n = annotate_add(notes, MSG_NOTE_START, m->start_line);

	if (n == NULL)
		return ERR_NOMEM;
	if (m->request)
		annotate_request(m, n);
	else if (m->status != 0)
		annotate_response(m, n);
	annotate_history(n);
	return 0;
}

static int
annotate_field(struct msg_notes *notes, size_t i)
{
	const struct msg *m = notes->m;
	const struct msg_field *f = &m->fields[i];
	const struct msg_header_info *row = msg_header_info(f->id);
	struct msg_note *n = annotate_add(notes, MSG_NOTE_FIELD, f->line);
	struct explain e = { .m = m, .f = f, .note = n };

	if (n == NULL)
		return ERR_NOMEM;
	if (row == NULL) {
		explain_say(&n->says,
		    _("rung does not know this header field. A proxy forwards "
		      "it; a UA that does not know it ignores it."));
		return 0;
	}
	n->what = _(row->text);
	n->rfc = row->rfc;
	n->section = row->section;
	if (f->name.n == 1)
		explain_say(&n->says, _("The compact form of %s."), row->name);
	for (size_t k = 0; k < i; k++)
		e.nth += m->fields[k].id == f->id;
	explain_field(&e);
	if (!msg_field_is_valid(m, f) && n->problem.n == 0)
		explain_say(&n->problem, "%s", msg_fault_text(MSG_FAULT_VALUE));
	if (e.nth > 0 && (row->flags & MSG_HF_ONCE) != 0)
		explain_say(&n->problem, "%s", msg_fault_text(MSG_FAULT_TWICE));
	annotate_history(n);
	return 0;
}

/* A field that has no entry, since it stands past the caps. */
static bool
is_past_caps(struct str line)
{
	size_t name = chars_skip_token(line, 0);

	return name > 0 &&
	       str_starts(str_trim(str_slice(line, name, line.n)), ":");
}

static int
annotate_line(struct msg_notes *notes, struct str line)
{
	bool field = is_past_caps(line);
	struct msg_note *n =
	    annotate_add(notes, field ? MSG_NOTE_FIELD : MSG_NOTE_JUNK, line);

	if (n == NULL)
		return ERR_NOMEM;
	if (field)
		explain_say(&n->says, _("This line is after the last header "
					"field that rung reads."));
	return 0;
}

/* The lines of the head between START and END that are not among the fields. */
static int
note_junk(struct msg_notes *notes, const char *start, const char *end)
{
	struct str rest = { start, (size_t)(end - start) }, line;

	while (rest.n > 0 && notes->n < NOTES_MAX) {
		line = str_cut(rest, '\n', &rest);
		line = str_trim(line);
		if (line.n > 0 && annotate_line(notes, line) != 0)
			return ERR_NOMEM;
	}
	return 0;
}

static int
note_head(struct msg_notes *notes)
{
	const struct msg *m = notes->m;
	const char *at = m->start_line.p + m->start_line.n;
	const char *end =
	    m->body.p != NULL ? m->body.p : m->bytes.p + m->bytes.n;
	int err = note_start_line(notes);

	for (size_t i = 0; err == 0 && i < m->nfields; i++) {
		err = note_junk(notes, at, m->fields[i].line.p);
		at = m->fields[i].line.p + m->fields[i].line.n;
		if (err == 0)
			err = annotate_field(notes, i);
	}
	return err != 0 ? err : note_junk(notes, at, end);
}

/* Whether every line end of TEXT is an LF alone. */
static bool
has_lf_alone(struct str text)
{
	return str_chr(text, '\n') >= 0 && str_chr(text, '\r') < 0;
}

static int
repair(struct str bytes, struct msg_notes *notes)
{
	if (buf_reserve(&notes->repaired, bytes.n) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < bytes.n; i++) {
		if (bytes.p[i] == '\n')
			buf_putc(&notes->repaired, '\r');
		buf_putc(&notes->repaired, bytes.p[i]);
	}
	explain_say(&notes->remarks,
	    _("The lines end in LF only, as an editor writes them. SIP "
	      "requires CRLF; rung explains the message as if it had CRLF."));
	return notes->repaired.err;
}

static void
remark_missing(struct msg_notes *notes)
{
	static const enum msg_header wanted[] = { MSG_H_VIA, MSG_H_FROM,
		MSG_H_TO, MSG_H_CALL_ID, MSG_H_CSEQ };
	const struct msg *m = notes->m;
	enum msg_header id;
	struct str at;

	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		if (msg_field(m, wanted[i], 0) == NULL)
			explain_say(&notes->remarks,
			    _("There is no %s, which every message MUST have."),
			    msg_header_info(wanted[i])->name);
	if (notes->fault != MSG_FAULT_TOO_LARGE &&
	    msg_check_method(m, &at, &id) != MSG_FAULT_NONE &&
	    msg_field(m, id, 0) == NULL && id != MSG_H_CONTACT) /* told below */
		explain_say(&notes->remarks,
		    _("There is no %s, which every %s MUST have."),
		    msg_header_info(id)->name, msg_method_name(m->method));
	/* Fields past the limits may be there. */
	if (notes->fault == MSG_FAULT_TOO_LARGE)
		return;
	if (m->request && msg_field(m, MSG_H_MAX_FORWARDS, 0) == NULL)
		/* 16.6 step 3 */
		explain_say(&notes->remarks,
		    _("There is no Max-Forwards, which every request MUST "
		      "have; a proxy adds one (RFC 3261)."));
	if (m->request && msg_method_is(m->method, MSG_FORMS) &&
	    msg_field(m, MSG_H_CONTACT, 0) == NULL)
		/* 8.1.1.8 */
		explain_say(
		    &notes->remarks, _("There is no Contact, which a request "
				       "that begins a dialog MUST have."));
}

/* What FAULT is, and where it is a limit, which. */
static void
put_fault(const struct msg *m, enum msg_fault fault, struct buf *out)
{
	struct msg_excess x;

	buf_puts(out, msg_fault_text(fault));
	if (fault != MSG_FAULT_TOO_LARGE || !msg_find_excess(m, &x))
		return;
	buf_puts(out, ": ");
	msg_put_limit(x.limit, x.size, msg_limit_most(x.limit), out);
}

static void
say_fault(const struct msg *m, enum msg_fault fault, struct buf *out)
{
	put_fault(m, fault, out);
	buf_putc(out, '\n');
}

/* The fault goes to the line that holds AT, else to the whole message. */
static void
place_fault(struct msg_notes *notes, enum msg_fault fault, struct str at)
{
	uintptr_t where = (uintptr_t)at.p;

	if (fault == MSG_FAULT_MISSING || fault == MSG_FAULT_NONE ||
	    (fault == MSG_FAULT_NO_EVENT &&
		msg_field(notes->m, MSG_H_EVENT, 0) == NULL))
		return; /* said by remark_missing */
	for (size_t i = 0; at.p != NULL && i < notes->n; i++) {
		struct msg_note *n = &notes->lines[i];
		uintptr_t begin = (uintptr_t)n->text.p;

		if (n->kind >= MSG_NOTE_LINE || where < begin ||
		    where > begin + n->text.n)
			continue;
		if (n->problem.n == 0)
			say_fault(notes->m, fault, &n->problem);
		return;
	}
	say_fault(notes->m, fault, &notes->remarks);
}

int
annotate_errors(const struct msg_notes *notes)
{
	int err = notes->remarks.err;

	for (size_t i = 0; err == 0 && i < notes->n; i++) {
		const struct msg_note *n = &notes->lines[i];

		err = n->says.err != 0      ? n->says.err
		      : n->history.err != 0 ? n->history.err
					    : n->problem.err;
	}
	return err;
}

/* What a server finds that is to serve it. */
static enum msg_fault
judge_served(struct msg *m, struct str bytes, struct str *at)
{
	enum msg_fault fault = msg_judge(m, bytes, at);
	enum msg_header id;

	return fault != MSG_FAULT_NONE ? fault : msg_check_method(m, at, &id);
}

/* The message, line by line, with each problem at its line: FAULT, and those
 * of the fields, which one of the frame does not hide. */
static int
note_message(struct msg_notes *notes, enum msg_fault fault, struct str at)
{
	int err = note_head(notes);

	if (err == 0)
		err = annotate_body(notes);
	if (err != 0)
		return err;
	place_fault(notes, fault, at);
	remark_missing(notes);
	if (msg_check(notes->m, &at) != fault)
		place_fault(notes, msg_check(notes->m, &at), at);
	return 0;
}

int
msg_annotate(struct str bytes, struct msg_notes *notes)
{
	struct msg_excess excess;
	enum msg_fault fault;
	struct str at = STR_NULL;
	int err = 0;

	memset(notes, 0, sizeof(*notes));
	notes->m = mem_zalloc(1, sizeof(*notes->m));
	if (notes->m == NULL)
		return ERR_NOMEM;
	fault = notes->fault = judge_served(notes->m, bytes, &at);
	if (fault == MSG_FAULT_TOO_LARGE && msg_find_excess(notes->m, &excess))
		at = excess.at;
	notes->answered = msg_fault_is_answered(notes->m, fault);
	if (fault == MSG_FAULT_BARE_CR && has_lf_alone(bytes)) {
		notes->first.fault = fault;
		err = repair(bytes, notes);
		if (err == 0)
			fault = judge_served(
			    notes->m, buf_view(&notes->repaired), &at);
	}
	if (notes->repaired.n == 0 || fault != MSG_FAULT_NONE) {
		notes->first.fault = fault;
		notes->first.at = at;
		notes->first.answered = msg_fault_is_answered(notes->m, fault);
	}
	if (err == 0 && fault == MSG_FAULT_EMPTY)
		place_fault(notes, fault, STR_NULL);
	else if (err == 0)
		err = note_message(notes, fault, at);
	if (err == 0)
		err = annotate_errors(notes);
	if (err != 0)
		msg_notes_free(notes);
	return err;
}

void
msg_notes_fault(const struct msg_notes *notes, struct buf *out)
{
	struct str name =
	    msg_fault_field(notes->m, notes->first.fault, notes->first.at);

	put_fault(notes->m, notes->first.fault, out);
	if (name.n > 0)
		buf_printf(out, ": %.*s", STR_ARG(name));
}

unsigned
msg_notes_line(const struct msg_notes *notes, struct str bytes)
{
	struct str read =
	    notes->repaired.n > 0 ? buf_view(&notes->repaired) : bytes;
	struct str at = notes->first.at;

	/* All lines end in LF alone: so does the first. */
	if (notes->first.fault == MSG_FAULT_BARE_CR && notes->repaired.n > 0)
		return 1;
	if (at.p == NULL || at.p < read.p || at.p > read.p + read.n)
		return 0;
	return 1 + (unsigned)str_count(
		       str_slice(read, 0, (size_t)(at.p - read.p)), '\n');
}

void
msg_notes_free(struct msg_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++) {
		buf_free(&notes->lines[i].says);
		buf_free(&notes->lines[i].history);
		buf_free(&notes->lines[i].problem);
	}
	mem_free(notes->lines);
	mem_free(notes->m);
	buf_free(&notes->repaired);
	buf_free(&notes->body);
	buf_free(&notes->remarks);
	memset(notes, 0, sizeof(*notes));
}
