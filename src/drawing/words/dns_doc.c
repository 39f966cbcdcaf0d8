/* See words/dns_doc.h. */
#include "words/dns_doc.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/rows.h"
#include "dns/message.h"
#include "words/named_row.h"

#define NAME 13 /* cells of what stands before a line */

/* RFC 1035 4.1.1: what the bits of the head say. */
static void
put_header_lines(const struct named_rows *s, const struct dns_message *m)
{
	const struct {
		bool is;
		const char *text;
	} flags[] = {
		{ m->authoritative, N_("with authority (AA)") },
		{ m->truncated, N_("cut off (TC)") },
		{ m->recursion_desired, N_("recursion desired (RD)") },
		{ m->recursion_available, N_("recursion available (RA)") },
	};
	struct buf b = BUF_INIT;

	if (m->response)
		dns_rcode_write(m->rcode, &b);
	else
		buf_printf(&b, "QUERY");
	if (m->opcode != 0)
		buf_printf(&b, " · OPCODE %u", m->opcode);
	for (size_t i = 0; i < ROWS_COUNT(flags); i++)
		if (flags[i].is)
			buf_printf(&b, " · %s", i18n_text(flags[i].text));
	named_row(s, m->response ? _("answer") : _("question"), STYLE_BOLD, &b);
	buf_printf(&b, "%u", m->id);
	named_row(s, "ID", STYLE_PLAIN, &b);
}

void
dns_doc_record(const struct dns_record *r, struct buf *out)
{
	struct dns_name owner;

	if (dns_name_take(r->name, &owner) == 0)
		dns_name_write(&owner, out);
	buf_printf(out, "  %lu  ", (unsigned long)r->ttl);
	dns_record_write(r, out);
}

static void
put_section_records(const struct named_rows *s, const char *name,
    const struct dns_record *r, size_t n)
{
	for (size_t i = 0; i < n && s->d->err == 0; i++) {
		struct buf b = BUF_INIT;

		dns_doc_record(&r[i], &b);
		named_row(s, i == 0 ? name : "", STYLE_PLAIN, &b);
	}
}

static void
put_message(const struct named_rows *s, const struct dns_message *m)
{
	/* RFC 1035 4.1 */
	static const char *const names[] = { "ANSWER", "AUTHORITY",
		"ADDITIONAL" };
	struct buf b = BUF_INIT;

	put_header_lines(s, m);
	if (m->has_question) {
		dns_name_write(&m->question, &b);
		buf_puts(&b, "  ");
		dns_type_write(m->type, &b);
		named_row(s, "QUESTION", STYLE_PLAIN, &b);
	}
	for (enum dns_section i = DNS_ANSWER; i < DNS_SECTIONS; i++)
		put_section_records(
		    s, names[i], dns_message_section(m, i), m->counts[i]);
	if (m->edns) {
		/* TRANSLATORS: what a DNS message's OPT record says */
		buf_printf(&b, _("version %u, takes %u bytes by UDP"),
		    m->edns_version, m->udp_size);
		named_row(s, "EDNS", STYLE_PLAIN, &b);
	}
}

bool
dns_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	struct named_rows s = { d, seq, width, NAME };
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);
	struct buf b = BUF_INIT;

	if (err == ERR_NOMEM) {
		d->err = err;
	} else if (err != 0) {
		/* TRANSLATORS: of bytes that should be a DNS message */
		buf_printf(&b, _("can't be read: %s"), dns_fault_text(fault));
		named_row(&s, "DNS", STYLE_LOST, &b);
		doc_line(d, seq);
	} else {
		put_message(&s, &m);
	}
	dns_message_free(&m);
	return err == 0;
}
