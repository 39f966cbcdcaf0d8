/* What a STUN message is about: RFC 8489, RFC 5780. */
#include "words/describe.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "stun/stun.h"

#define REASON_CELLS 30

size_t
describe_stun(struct str bytes, struct buf *out)
{
	size_t before = out->n, gist = 0;
	struct stun m;

	if (stun_read(bytes, &m) != STUN_FAULT_NONE)
		return 0;
	if (m.mapped.len != 0) {
		buf_puts(out, ": ");
		addr_write(&m.mapped, out);
	} else if (m.code != 0) {
		buf_printf(out, ": %u", m.code);
		gist = out->n - before;
		buf_putc(out, ' ');
		utf8_add_clipped(out, m.reason, REASON_CELLS);
	} else if (m.change != 0) {
		buf_puts(out, " (");
		buf_puts(out, (m.change & STUN_CHANGE_IP) != 0
				  ? _("from the other address")
				  : _("from the other port"));
		buf_putc(out, ')');
	}
	return gist;
}
