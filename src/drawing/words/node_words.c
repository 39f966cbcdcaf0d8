/*
 * What is said of a node besides its name.
 */
#include "words/node_words.h"

#include "role/role.h"
#include "words/title_words.h"

#include <string.h>

/* "Proxy 1" is proxy1 to everybody. */
bool
node_reads_alike(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && strchr(" -_.", a.p[i]) != NULL)
			i++;
		while (k < b.n && strchr(" -_.", b.p[k]) != NULL)
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (chr_lower(a.p[i++]) != chr_lower(b.p[k++]))
			return false;
	}
}

bool
node_label_is_role(struct str label, struct str role)
{
	struct buf text = BUF_INIT;
	bool is;

	role_put(&text, role, " · ");
	is = label.n > 0 && text.err == 0 &&
	     node_reads_alike(label, buf_view(&text));
	buf_free(&text);
	return is;
}

struct str
node_caption(struct str name, struct str label)
{
	/* "px proxy" is a label for a drawing that says no roles. */
	if (label.n > name.n && label.p[name.n] == ' ' && name.n > 0 &&
	    memcmp(label.p, name.p, name.n) == 0)
		return STR_NULL;
	return node_reads_alike(name, label) ? STR_NULL
					     : title_translate(label);
}
