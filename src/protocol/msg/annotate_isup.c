/* Explaining ISUP in a body (RFC 3204), field by field. */
#include "base/err.h"
#include "base/mem.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"
#include "msg/annotate_in.h"
#include "msg/multipart.h"
#include "msg/parts.h"

/* What TEXT, octets of B, is. */
static struct msg_note *
add_octets(const struct annotate_part *b, struct str text, const char *what,
    const char *clause)
{
	struct msg_note *n = annotate_add(b->notes, MSG_NOTE_OCTETS, text);

	if (n == NULL)
		return NULL;
	n->text = text; /* line ends are octets like others */
	n->what = what;
	n->section = clause;
	return n;
}

static int
note_param(const struct annotate_part *b, const struct isup_param *p)
{
	const char *clause = "", *words = isup_param_words(p->code, &clause);
	struct msg_note *n = add_octets(b, p->all,
	    words != NULL ? words : _("a parameter that is not known here"),
	    clause);

	if (n == NULL)
		return ERR_NOMEM;
	if (words == NULL)
		explain_say(&n->says,
		    _("Parameter %u. Whoever does not know one does with it "
		      "what its compatibility information says, else leaves "
		      "it out."),
		    p->code);
	else if (!isup_param_say(p, &n->says))
		explain_say(&n->problem,
		    _("Its contents are not those that such a parameter "
		      "has."));
	return 0;
}

static int
note_type(const struct annotate_part *b, const struct isup *m)
{
	struct msg_note *n;

	if (m->row == NULL)
		return 0;
	n = add_octets(
	    b, str_slice(b->bytes, 0, 1), _(m->row->words), "Q.763 4");
	if (n == NULL)
		return ERR_NOMEM;
	if (b->type.n == 0)
		explain_say(&n->says, _("The message type: %s."), m->row->name);
	else
		explain_say(&n->says,
		    _("The message type: %s. Circuit and routing label, which "
		      "stand before it in the telephone network, are left out "
		      "(RFC 3204)."),
		    m->row->name);
	return 0;
}

/* What stands behind the message, or can't be read. */
static int
note_rest(
    const struct annotate_part *b, const struct isup *m, enum isup_fault fault)
{
	struct msg_note *n;

	if (m->rest.n == 0 && fault == ISUP_FAULT_NONE)
		return 0;
	n = add_octets(
	    b, m->rest.n > 0 ? m->rest : b->bytes, _("what can't be read"), "");
	if (n == NULL)
		return ERR_NOMEM;
	explain_say(&n->problem, "%s.",
	    fault != ISUP_FAULT_NONE ? isup_fault_words(fault)
				     : _("It stands behind the message"));
	return 0;
}

int
annotate_isup(const struct annotate_part *b)
{
	struct isup *m = mem_zalloc(1, sizeof(*m));
	struct msg_note *n = NULL;
	enum isup_fault fault;
	int err;

	if (m == NULL)
		return ERR_NOMEM;
	if (msg_isup_is_ansi(b->params)) {
		m->rest = b->bytes;
		fault = ISUP_FAULT_ANSI;
	} else {
		fault = isup_read(b->bytes, m);
	}
	err = note_type(b, m);
	for (size_t i = 0; err == 0 && i <= m->n; i++) {
		if (m->pointers.n > 0 &&
		    (i == m->n || m->params[i].part != ISUP_FIXED) &&
		    n == NULL) {
			n = add_octets(b, m->pointers,
			    _("pointers to the parameters that follow"),
			    "Q.763 1");
			err = n != NULL ? 0 : ERR_NOMEM;
		}
		if (err == 0 && i < m->n)
			err = note_param(b, &m->params[i]);
	}
	if (err == 0)
		err = note_rest(b, m, fault);
	mem_free(m);
	return err;
}

/* SIO and routing label of MTP3, then the circuit. */
static int
note_label(
    const struct annotate_part *b, const struct mtp_label *l, unsigned cic)
{
	struct msg_note *sio = add_octets(b, str_slice(b->bytes, 0, 1),
	    _("service information octet: which network, which user part"),
	    "Q.704 14.2");
	struct msg_note *route, *circuit;

	if (sio == NULL)
		return ERR_NOMEM;
	explain_say(&sio->says, l->network == 0
				    ? _("International network; ISUP.")
				    : _("National network; ISUP."));
	route = add_octets(b, str_slice(b->bytes, 1, 5),
	    _("routing label: from which exchange to which"), "Q.704 2.2");
	if (route == NULL)
		return ERR_NOMEM;
	explain_say(&route->says,
	    _("From point code %u to point code %u, link selection %u."),
	    (unsigned)l->opc, (unsigned)l->dpc, cic & 15);
	circuit = add_octets(b, str_slice(b->bytes, 5, 7),
	    _("circuit identification code"), "Q.763 1.2");
	if (circuit == NULL)
		return ERR_NOMEM;
	explain_say(&circuit->says,
	    _("Circuit %u between these two: what the call is known by here."),
	    cic);
	return 0;
}

int
msg_annotate_signal(struct str bytes, struct msg_notes *notes)
{
	unsigned parts = 0, cic;
	struct annotate_part b = {
		.notes = notes, .bytes = bytes, .parts = &parts
	};
	struct mtp_label label;
	struct str isup;
	int err;

	*notes = (struct msg_notes){ 0 };
	if (!mtp3_read_isup(bytes, &label, &cic, &isup))
		return ERR_SYNTAX;
	err = note_label(&b, &label, cic);
	b.bytes = isup;
	return err == 0 ? annotate_isup(&b) : err;
}

bool
explain_isup_gist(struct str body, struct buf *out)
{
	struct isup *m = mem_alloc(sizeof(*m));
	const struct isup_param *p;
	struct q850_indicators c;
	bool says = false;

	if (m == NULL)
		out->err = ERR_NOMEM;
	else if (isup_read(body, m) == ISUP_FAULT_NONE)
		says = true;
	p = says ? isup_find(m, ISUP_PARAM_CAUSE) : NULL;
	if (p != NULL && q850_read(p->value, &c))
		/* TRANSLATORS: "Its body is a REL with cause 17 of Q.850: user
		 * busy." */
		buf_printf(out,
		    _("Its body is a %s with cause %u of Q.850: %s."),
		    m->row->name, c.cause, q850_words(c.cause));
	else if (says)
		/* TRANSLATORS: "ISUP in its body: IAM, initial address …" */
		buf_printf(out, _("ISUP in its body: %s, %s."), m->row->name,
		    _(m->row->words));
	mem_free(m);
	return says;
}

bool
explain_isup_word(struct str body, struct buf *out)
{
	const struct isup_row *row =
	    body.n > 0 ? isup_row((uint8_t)body.p[0]) : NULL;

	if (row != NULL)
		buf_puts(out, row->name);
	return row != NULL;
}
