/* What was kept, in one piece: in memory, or mapped. */
#include "base/mem.h"
#include "base/spool.h"

#include <sys/mman.h>

void
spool_text_free(struct spool_text *text)
{
	if (text->mapped)
		munmap(text->p, text->n);
	else
		mem_free(text->p);
	*text = (struct spool_text){ .p = NULL };
}

void
spool_text_rest(const struct spool_text *text)
{
	/* Of a file nothing is lost by it. */
	if (text->mapped)
		madvise(text->p, text->n, MADV_DONTNEED);
}
