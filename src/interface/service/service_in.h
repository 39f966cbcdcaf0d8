/* What the files of the service share. */
#ifndef SERVICE_SERVICE_IN_H
#define SERVICE_SERVICE_IN_H

#include "service/service.h"

#include "engine/engine.h"
#include "trace/json.h"

struct service {
	struct engine *engine; /* NULL: nothing is open */
};

/* A request's members, as service_members has them. */
struct service_request {
	int64_t id;
	char *pane, *node, *on, *verb, *key, *value, *words, *name, *text,
	    *student, *language, *title, *detail, *address;
	bool raw, past, act, has_machine;
	unsigned branch, machine, width, height, nth, budget, asks;
	int64_t record, since, t, by, seed, from, to;
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

service_fn service_open, service_close, service_branches, service_advance,
    service_act, service_cancel, service_verbs, service_check, service_rename,
    service_delete;

/* ---- service_look.c ---- */

service_fn service_records, service_pane, service_panes, service_explain,
    service_find, service_picture, service_page, service_link;

/* ---- service_ask.c ---- */

service_fn service_question, service_verdict;

#endif
