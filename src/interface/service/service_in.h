/* Shared by the files of the service. */
#ifndef SERVICE_SERVICE_IN_H
#define SERVICE_SERVICE_IN_H

#include "engine/engine.h"
#include "text/json.h"

struct service_experiment;

struct service {
	struct engine *engine;                 /* NULL: nothing is open */
	struct service_experiment *experiment; /* NULL: none has begun */
};

/* A request's members, as service_members has them. */
struct service_request {
	int64_t id;
	char *pane, *node, *on, *verb, *key, *value, *words, *name, *text,
	    *student, *language, *vocabulary, *title, *detail, *address, *lab,
	    *date, *format, *only, *method, *seeds, *hear;
	bool raw, past, act, has_machine, shown, true_time, numbers, all;
	unsigned branch, other, machine, width, height, nth, budget, asks, size,
	    faults;
	int64_t record, since, t, by, seed, from, to, before;
	struct json_value object; /* the whole of it */
};

/* TEXT, or NULL where a request does not have it. */
static inline const char *
service_text(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

/* Appends members to the object that is open in OUT.  0, or D's error. */
typedef int service_fn(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d);

/* ---- service_run.c ---- */

/* Lists of a request, as C has them; zeroed: empty. */
struct service_texts {
	struct engine_text *list;
	struct buf *bytes; /* of each text */
	char **paths;
	size_t n;
};
struct service_strings {
	char **list;
	size_t n;
};

/* The array of texts V, or of strings; a missing one is empty.  To be freed in
 * any case.  0, ERR_SYNTAX or ERR_NOMEM. */
int service_take_texts(
    struct service_texts *t, struct json_value v, struct diag *d);
void service_free_texts(struct service_texts *t);
int service_take_strings(struct service_strings *s, struct json_value v);
void service_free_strings(struct service_strings *s);

service_fn service_open, service_more_texts, service_grow, service_close,
    service_branches, service_advance, service_act, service_cancel,
    service_things, service_faults, service_verbs, service_check,
    service_rename, service_delete;

/* ---- service_look.c ---- */

service_fn service_records, service_pane, service_figure, service_panes,
    service_explain, service_find, service_list, service_inspect, service_parse,
    service_picture, service_page, service_link;

/* ---- service_write.c ---- */

service_fn service_export, service_diff, service_sound;

/* ---- service_plan.c ---- */

service_fn service_plan;

/* ---- service_experiment.c ---- */

service_fn service_search, service_sweep, service_proceed, service_outcome;
/* Ends the one at work, if there is one. */
void service_end_experiment(struct service *s);

/* ---- service_write.c ---- */

/*
 * The trace that `rung export -f trace` makes of FILE's bytes, a capture or a
 * log, to *T; to REMARKS an array of sentences about what of it can't be read.
 * 0 or D's error.
 */
int service_capture(const struct engine_text *file, struct trace **t,
    struct buf *remarks, struct diag *d);

/* ---- service_look.c ---- */

/* The branch that has number I, or false and D's error. */
bool service_find_branch(
    const struct service *s, size_t i, struct engine_branch *b, struct diag *d);
/* What R asks for of a ladder. */
struct layout_options service_layout(const struct service_request *r);

/* ---- service_look.c ---- */

service_fn service_question, service_verdict, service_handin;

#endif
