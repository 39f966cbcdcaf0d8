/*
 * The functions of the misconceptions, one for each F of
 * quiz/misconceptions_table.h, and what these functions use.
 */
#ifndef QUIZ_MISCONCEPTIONS_H
#define QUIZ_MISCONCEPTIONS_H

#include "quiz/quiz_in.h"
#include "quiz/misconceptions_table.h"

#define MISCONCEPTION_FN(fn, rfc, section, text) \
	bool misconception_##fn(const struct scene *s, struct quiz_event *e);
#define MISCONCEPTION_NONE(...)
MISCONCEPTIONS(
    MISCONCEPTION_FN, MISCONCEPTION_NONE, MISCONCEPTION_NONE, MISCONCEPTION_FN)

/* misconceptions_way.c.  M belongs to the same call as the message asked for.
 */
bool
misconception_same_call(const struct scene *s, const struct scene_message *m);
/* The latest message of that call before the one asked for of which FITS is
 * true, called with NODE; or NULL. */
const struct scene_message *misconception_latest(const struct scene *s,
    bool (*fits)(const struct scene_message *m, struct str node),
    struct str node);
bool misconception_is_invite_to(const struct scene_message *m, struct str node);
bool misconception_is_2xx(const struct scene_message *m, struct str node);
/* The message asked for is the ACK of a 2xx; of a failure. */
bool misconception_acks_2xx(const struct scene *s);
bool misconception_acks_failure(const struct scene *s);
void misconception_make(struct quiz_event *e, struct str src, struct str dst,
    const char *method, unsigned status);

#endif
