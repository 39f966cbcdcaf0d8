/* Shared by the files that write ladders. */
#ifndef LADDER_LADDER_FILE_IN_H
#define LADDER_LADDER_FILE_IN_H

#include "ladder/ladder_file.h"

/* What a file is made from. */
struct ladder_job {
	const char *format;
	const struct trace *t;
	const struct layout *l; /* with the title that was wished for */
	const struct ladder_file_options *o;
	struct diag *d;
	/* The origin; the same in full, of forms that show it. */
	struct buf footer, source;
};

/* ladder_figure.c: the brackets beside the ladder, or NULL.  0 or ERR_NOMEM. */
int ladder_job_marks(const struct ladder_job *j, struct ladder_marks **marks);
struct ladder_figure_options
ladder_job_figure(const struct ladder_job *j, const struct ladder_marks *marks);

/* Pages kept, or the one that is wanted. */
struct ladder_pages {
	const struct ladder_job *j;
	struct buf *list;
	size_t n, of;
};

/* The pages of J as SVG, *P, to be freed in any case.  0 or an error, said
 * where memory was not all that was missing. */
int ladder_job_draw(const struct ladder_job *j, struct ladder_pages *p);
void ladder_pages_free(struct ladder_pages *p);

#endif
