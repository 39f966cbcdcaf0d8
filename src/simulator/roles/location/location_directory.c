/*
 * A location service that keeps its users in a directory (source=ldap): what
 * each question would be there, as a note.  rung has none: the answers
 * are the service's own.
 *
 * RFC 4511 4.5 (search), 4.6 (modify), RFC 4515 3 (filters as text); ITU-T
 * H.350.4 (SIPIdentity).
 */
#include "roles/location/location_in.h"

/* RFC 4515 3: what a value must not hold as it is. */
static void
put_value(struct buf *out, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c == '*' || c == '(' || c == ')' || c == '\\' || c < ' ' ||
		    c > '~')
			buf_printf(out, "\\%02x", c);
		else
			buf_putc(out, (char)c);
	}
}

void
location_directory_note(const struct location *l,
    const struct location_packet *p, const struct location_contacts *found,
    enum rule_id why)
{
	struct buf text = BUF_INIT;

	if (!str_is(str_of(node_attr(l->node, "source", "memory")), "ldap"))
		return;
	buf_printf(&text, "LDAP %s (SIPIdentitySIPURI=",
	    p->op == LOCATION_QUERY ? "search" : "modify");
	put_value(&text, p->update.aor);
	buf_printf(&text, "), contacts: %zu", found->n);
	node_note(l->node, why, &text);
}
