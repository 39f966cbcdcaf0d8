/*
 * The labs there are, for a menu: in the order of share_table.h, others behind
 * them by name.  Nothing of a lab is run: its title is read off the text of
 * its script, so that a list of strangers' labs costs and risks nothing.
 */
#ifndef INPUTS_SHARE_LABS_H
#define INPUTS_SHARE_LABS_H

#include "base/buf.h"

/* All of it text as it came, to be made safe where it is shown. */
struct share_lab {
	char *path;        /* the folder: what play and run take */
	char *name;        /* the last part of it */
	char *title;       /* English; _() has those of rung's own labs */
	char *text;        /* what it shows, one line, as title; may be empty */
	const char *group; /* goes through _() */
	unsigned order;
};

struct share_labs {
	struct share_lab *list;
	size_t n;
};

#define SHARE_LABS_INIT ((struct share_labs){ NULL, 0 })

/* Looks through the labs folders of all places (inputs/share.h); of two labs
 * of one name the one that share_find finds.  0 or ERR_NOMEM; to be freed in
 * any case. */
int share_labs_read(struct share_labs *labs);
/* Adds the lab in the folder PATH, or those in its folder labs.  0,
 * ERR_NOTFOUND where there is none, or ERR_NOMEM. */
int share_labs_add(struct share_labs *labs, const char *path);
void share_labs_free(struct share_labs *labs);
/* NAME is a lab of rung's own. */
bool share_is_own(const char *name);

/* The title in a script: of `lab { …, title = "…" }`, its text alone looked
 * at; false where there is none. */
bool share_title(struct str script, struct buf *title);
/* The first sentence of a handout, without its marks; false without one. */
bool share_summary(struct str handout, struct buf *text);

#endif
