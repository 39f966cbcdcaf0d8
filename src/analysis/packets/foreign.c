/*
 * Captures of other programs, which editcap (of Wireshark) makes pcapng of; and
 * scenarios of SIPp, which have messages in them that nobody has sent.
 */
#include "packets/foreign.h"

#include "base/err.h"

#include <string.h>

/* By the bytes AT which something stands. */
static const struct foreign {
	size_t at, n;
	const char *magic;
	const char *name;
} foreigns[] = {
	{ 0, 4, "GMBU", "Microsoft Network Monitor 2" },
	{ 0, 4, "RTSS", "Microsoft Network Monitor 1" },
	{ 0, 8, "snoop\0\0\0", "snoop (Solaris)" },
	{ 0, 17, "TRSNIFF data    \x1a", "Sniffer (DOS)" },
	{ 0, 4, "XCP", "NetXRay or Sniffer (Windows)" },
	{ 0, 4, "\x05VNF", "Visual Networks" },
	{ 0, 8, "\xaa\xaa\xaa\xaa\x20\0\0\0", "5View" },
	{ 6, 10, "Trace Disp", "LANalyzer" },
	{ 0, 4, "TR\0d", "nettl (HP-UX)" },
};

static const struct foreign *
find_foreign(struct str head)
{
	for (size_t i = 0; i < sizeof(foreigns) / sizeof(foreigns[0]); i++) {
		const struct foreign *f = &foreigns[i];

		if (head.n >= f->at + f->n &&
		    memcmp(head.p + f->at, f->magic, f->n) == 0)
			return f;
	}
	return NULL;
}

/* XML whose first element is of a scenario, also behind a comment. */
static bool
is_scenario(struct str head)
{
	struct str s = str_trim(head);

	if (str_starts(s, "\xef\xbb\xbf"))
		s = str_slice(s, 3, s.n);
	return str_starts(s, "<") && str_find(s, "<scenario") >= 0 &&
	       (str_starts(s, "<?xml") || str_starts(s, "<!--") ||
		   str_starts(s, "<!DOCTYPE scenario") ||
		   str_starts(s, "<scenario"));
}

bool
capture_is_foreign(struct str head)
{
	return find_foreign(head) != NULL || is_scenario(head);
}

int
capture_refuse_foreign(struct str head, const char *path, struct diag *d)
{
	const struct foreign *f = find_foreign(head);

	if (f != NULL)
		return diag_set(d, ERR_UNSUPPORTED, path, 0,
		    _("a capture of %s; editcap (of Wireshark) makes one of "
		      "it that can be read: editcap -F pcapng %s NEW.pcapng"),
		    f->name, path != NULL ? path : "OLD");
	if (is_scenario(head))
		return diag_set(d, ERR_UNSUPPORTED, path, 0,
		    _("a scenario of SIPp, which says what is to be sent; "
		      "what was sent is in a capture, or in the file that "
		      "sipp -trace_msg writes"));
	return 0;
}
