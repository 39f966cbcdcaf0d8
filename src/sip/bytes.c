/* Shared bytes. */
#include "sip/bytes.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

struct sip_bytes *
sip_bytes_new(struct str s)
{
	struct sip_bytes *b = mem_alloc(sizeof(*b) + s.n + 1);

	if (b == NULL)
		return NULL;
	b->refs = 1;
	b->n = s.n;
	if (s.n > 0)
		memcpy(b->p, s.p, s.n);
	b->p[s.n] = '\0';
	return b;
}

struct sip_bytes *
sip_bytes_ref(struct sip_bytes *b)
{
	if (b != NULL)
		b->refs++;
	return b;
}

void
sip_bytes_unref(struct sip_bytes *b)
{
	if (b != NULL && --b->refs == 0)
		mem_free(b);
}

int
sip_bytes_splice(struct msg_splice *s, struct sip_bytes **out)
{
	struct buf text = BUF_INIT;
	int err = msg_splice_write(s, &text);

	*out = NULL;
	if (err == 0) {
		*out = sip_bytes_new(buf_view(&text));
		if (*out == NULL)
			err = ERR_NOMEM;
	}
	buf_free(&text);
	msg_splice_free(s);
	return err;
}
