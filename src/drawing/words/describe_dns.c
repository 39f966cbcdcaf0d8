/* Questions and answers of the DNS (RFC 1035), in a few words. */
#include "words/describe.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "dns/message.h"

#define NAME_CELLS 40 /* longer ones are clipped */
#define KINDS      6  /* of records that are counted */

static void
put_clipped_name(const struct dns_name *name, struct buf *out)
{
	struct buf text = BUF_INIT;

	dns_name_write(name, &text);
	utf8_add_clipped(out, buf_view(&text), NAME_CELLS);
	buf_end(&text, &out->err);
}

/* "2 SRV, 2 A": how many of each type, in the order in which they come. */
static void
put_type_counts(const struct dns_record *r, size_t n, struct buf *out)
{
	uint16_t types[KINDS];
	size_t counts[KINDS] = { 0 }, k = 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		while (at < k && types[at] != r[i].type)
			at++;
		if (at == KINDS)
			continue;
		if (at == k)
			types[k++] = r[i].type;
		counts[at]++;
	}
	for (size_t i = 0; i < k; i++) {
		buf_printf(out, "%s%zu ", i > 0 ? ", " : "", counts[i]);
		dns_type_write(types[i], out);
	}
}

/* One record by its data, several by their types; at *GIST ends the type of the
 * first, or what is there beside additional ones. */
static void
put_records(const struct dns_message *m, struct buf *out, size_t *gist)
{
	size_t n = m->counts[DNS_ANSWER];
	size_t more = m->counts[DNS_ADDITIONAL];
	struct buf text = BUF_INIT;

	if (n == 1 && more == 0) {
		dns_type_write(m->records->type, &text);
		*gist = out->n + text.n;
		buf_clear(&text);
		dns_record_write(m->records, &text);
		utf8_add_clipped(out, buf_view(&text), NAME_CELLS);
		buf_end(&text, &out->err);
		return;
	}
	put_type_counts(m->records, n, out);
	*gist = out->n;
	if (more > 0) {
		buf_puts(out, ", ");
		put_type_counts(
		    dns_message_section(m, DNS_ADDITIONAL), more, out);
	}
}

/* An answer without answers: where else to ask, or that there is nothing. */
static void
put_nothing(const struct dns_message *m, struct buf *out)
{
	const struct dns_record *r = dns_message_section(m, DNS_AUTHORITY);
	struct dns_name zone;

	if (r != NULL && r->type == DNS_TYPE_NS && !m->authoritative &&
	    dns_name_take(r->name, &zone) == 0) {
		buf_puts(out, "→ ");
		put_clipped_name(&zone, out);
	} else {
		buf_puts(out, _("no such record"));
	}
}

static void
put_answer(const struct dns_message *m, struct buf *out, size_t *gist)
{
	buf_puts(out, ": ");
	if (m->rcode != DNS_NOERROR)
		dns_rcode_write(m->rcode, out);
	else if (m->truncated)
		buf_puts(out, _("cut off"));
	else if (m->counts[DNS_ANSWER] > 0)
		put_records(m, out, gist);
	else
		put_nothing(m, out);
}

size_t
describe_dns(struct str bytes, struct buf *out)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	size_t before = out->n, gist = before;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == ERR_NOMEM)
		out->err = err;
	if (err == 0 && m.response) {
		put_answer(&m, out, &gist);
	} else if (err == 0 && m.has_question) {
		buf_putc(out, ' ');
		dns_type_write(m.type, out);
		gist = out->n;
		buf_putc(out, ' ');
		put_clipped_name(&m.question, out);
	}
	dns_message_free(&m);
	return gist - before;
}
