/*
 * The functions behind the known mistakes, one for each F of
 * quiz/misconceptions_table.h, and what they look at.
 */
#ifndef QUIZ_QUIZ_WRONG_H
#define QUIZ_QUIZ_WRONG_H

#include "quiz/quiz_in.h"
#include "quiz/misconceptions_table.h"

#define QUIZ_WRONG_FN(fn, rfc, section, text) \
	bool quiz_wrong_##fn(const struct scene *s, struct quiz_event *e);
#define QUIZ_WRONG_NONE(...)
QUIZ_WRONGS(QUIZ_WRONG_FN, QUIZ_WRONG_NONE, QUIZ_WRONG_NONE, QUIZ_WRONG_FN)

/* misconceptions_way.c.  M belongs to the same call as the message asked for.
 */
bool wrong_same_call(const struct scene *s, const struct scene_message *m);
/* The latest message of that call before the one asked for of which FITS is
 * true, called with NODE; or NULL. */
const struct scene_message *wrong_latest(const struct scene *s,
    bool (*fits)(const struct scene_message *m, struct str node),
    struct str node);
bool wrong_is_invite_to(const struct scene_message *m, struct str node);
bool wrong_is_2xx(const struct scene_message *m, struct str node);
/* The message asked for is the ACK of a 2xx; of a failure. */
bool wrong_acks_2xx(const struct scene *s);
bool wrong_acks_failure(const struct scene *s);
void wrong_make(struct quiz_event *e, struct str src, struct str dst,
    const char *method, unsigned status);

#endif
