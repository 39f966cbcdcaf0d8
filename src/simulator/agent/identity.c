/* RFC 3323 4.1, 4.2, RFC 3325 9.2 (agent/identity.h). */
#include "agent/identity.h"

#include "msg/chars.h"

#include <string.h>

/* RFC 3323 4.1.1.3: nobody's address. */
#define ANONYMOUS "\"Anonymous\" <sip:anonymous@anonymous.invalid>"

/* The values of the attribute `privacy`, with spaces or semicolons between, as
 * the field has them.  What is no token is left out. */
static void
write_privacy(const struct agent *agent, struct buf *out)
{
	const char *said = node_attr(agent->node, "privacy", "");
	bool between = false;

	for (const char *p = said; *p != '\0'; p++) {
		if (!chars_are(*p, CHARS_TOKEN)) {
			between = true;
			continue;
		}
		if (between && out->n > 0)
			buf_putc(out, ';');
		between = false;
		buf_putc(out, *p);
	}
}

const char *
agent_from(const struct agent *agent, const struct agent_self *self)
{
	const char *said = node_attr(agent->node, "privacy", "");

	/* RFC 3323 4.2: "none" stands alone. */
	return said[0] == '\0' || strcmp(said, "none") == 0 ? self->identity
							    : ANONYMOUS;
}

int
agent_identify(const struct agent *agent, struct agent_identity *id,
    struct sip_request_spec *spec)
{
	const char *preferred = node_attr(agent->node, "preferred", NULL);
	size_t n = spec->nheaders < NODE_FIELDS ? spec->nheaders : NODE_FIELDS;

	id->preferred = id->privacy = BUF_INIT;
	if (n > 0)
		memcpy(id->list, spec->headers, n * sizeof(id->list[0]));
	if (preferred != NULL) {
		buf_printf(&id->preferred, "<%s>", preferred);
		id->list[n++] = (struct sip_header){ "P-Preferred-Identity",
			buf_view(&id->preferred) };
	}
	write_privacy(agent, &id->privacy);
	if (id->privacy.n > 0)
		id->list[n++] =
		    (struct sip_header){ "Privacy", buf_view(&id->privacy) };
	spec->headers = id->list;
	spec->nheaders = n;
	return id->preferred.err != 0 ? id->preferred.err : id->privacy.err;
}

void
agent_identity_free(struct agent_identity *id)
{
	buf_free(&id->preferred);
	buf_free(&id->privacy);
}
