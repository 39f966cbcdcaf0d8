/* The source of the screen of rung play (views/tui/source.h): a session that
 * the engine runs. */
#ifndef CLI_PLAY_COMMAND_SOURCE_H
#define CLI_PLAY_COMMAND_SOURCE_H

#include "engine/engine.h"
#include "session/session.h"
#include "views/tui/source.h"

/* Opens the engine *E of S, which it borrows, and fills in SRC by both.  Where
 * nothing can be acted on, `act` and `verbs` are NULL.  0 or D's error; *E is
 * to be closed, before S goes. */
int play_source_open(struct play_source *src, struct engine **e,
    struct session *s, struct diag *d);

/* The tasks of the session played, for the screen (struct play_lab). */

struct cli_lab;

/*
 * The tasks of the lab that S is a session of, for STUDENT (NULL: whom the
 * session was kept for), in an exam of EXAM_NS (0: none).  *LAB is NULL where
 * there are none.  0 or D's error.
 */
int cli_lab_open(struct cli_lab **lab, const struct session *s,
    const char *student, int64_t exam_ns, struct diag *d);
void cli_lab_close(struct cli_lab *lab);
/* LAB asks for the student's number, once. */
void cli_lab_ask(struct cli_lab *lab);
/* What was answered: valid until LAB is closed; NULL: no number. */
const char *cli_lab_student(const struct cli_lab *lab);
/* For struct play_source; NULL of NULL. */
const struct play_lab *cli_lab_source(const struct cli_lab *lab);

#endif
