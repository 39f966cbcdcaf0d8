/*
 * The folder of a search: its definition (search.json), and its results, a line
 * for each case that was run, in files as those of an experiment
 * (sweep/store.h).  A repeated search runs the missing cases; parts of it, in
 * processes anywhere, write files of their own.
 */
#ifndef SEARCH_SEARCH_FOLDER_H
#define SEARCH_SEARCH_FOLDER_H

#include "search/search.h"
#include "sweep/store.h"

struct search_folder {
	struct store store;
	int fd; /* of the results that are written; -1: none are */
	uint64_t id;
	struct map *known; /* name of a case → its line; owned */
};

/* What the search in a folder is of, except for its inputs. */
struct search_origin {
	struct buf file; /* as its commands name it */
	/* The same as a shell's word, with the options of the run. */
	struct buf words;
	/* The folder's name and the check.lua with its goals; empty: there are
	 * none. */
	struct buf lab, check;
	struct inputs tried; /* acts that were asked for */
};

#define SEARCH_ORIGIN_INIT       \
	((struct search_origin){ \
	    BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, { 0 } })
void search_origin_free(struct search_origin *from);

/* The search in FOLDER: its inputs, its options, and its origin.  Free IN and
 * FROM in any case.  0 or D's error. */
int search_folder_read(const char *folder, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d);

/*
 * Opens FOLDER for S, which has begun, made where it is not there: another
 * search in it is D's error.  S's results are read; invalid lines go to TELL.
 * WRITES: results of S's part are to be written.  Close in any case.  0 or D's
 * error.
 */
int search_folder_open(struct search_folder *f, const char *folder,
    const struct search *s, struct search_origin *from, bool writes,
    store_tell_fn *tell, void *arg, struct diag *d);
void search_folder_close(struct search_folder *f);

/* As in search_options. */
bool search_folder_known(const struct search_folder *f, const struct search *s,
    size_t i, struct verdict *v);
int search_folder_found(const struct search_folder *f, const struct search *s,
    size_t i, struct diag *d);

#endif
