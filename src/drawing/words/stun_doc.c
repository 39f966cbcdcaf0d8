/* STUN as names and values; see words/stun_doc.h. */
#include "words/stun_doc.h"

#include "stun/stun.h"
#include "words/named_row.h"

#define NAME 22 /* cells of a name */

static void
put_attr(
    const struct named_rows *r, const struct stun *m, const struct stun_attr *a)
{
	struct buf name = BUF_INIT, value = BUF_INIT;

	stun_write_attr_name(a->type, &name);
	stun_attr_write(m, a, &value);
	named_row(r, buf_cstr(&name), STYLE_PLAIN, &value);
	buf_end(&name, &r->d->err);
}

bool
stun_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows r = { d, seq, width, NAME };
	struct buf text = BUF_INIT;
	struct stun_attr a;
	struct stun m;
	size_t at = 0;

	if (stun_read(bytes, &m) != STUN_FAULT_NONE)
		return false;
	stun_write_name(m.method, m.class, &text);
	named_row(&r, "STUN", STYLE_PLAIN, &text);
	for (size_t i = 0; i < m.id.n; i++)
		buf_hex(&text, (unsigned char)m.id.p[i], 2);
	named_row(&r, "transaction", STYLE_PLAIN, &text);
	while (d->err == 0 && stun_next(&m, &at, &a))
		put_attr(&r, &m, &a);
	return true;
}
