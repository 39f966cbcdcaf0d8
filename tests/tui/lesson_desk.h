/* For tests of the pane Lab: a lab with a task of each kind, and a student at
 * its screen. */
#ifndef LESSON_DESK_H
#define LESSON_DESK_H

#include "fixtures/play_driver.h"
#include "views/tui/play_lesson_in.h"

extern char desk_folder[];

/* The lab's folder. */
const char *desk_make_lab(void);

void desk_remove_lab(void);

struct desk {
	struct driver v;
	struct play_lab lab; /* the driver's, with a clock of the test's */
	int64_t clock;
	struct buf kept, state;
};

/* The lab for STUDENT, with an exam of SECONDS, taken up from STATE. */
bool desk_sit_down(
    struct desk *k, const char *student, int64_t seconds, struct str state);

void desk_get_up(struct desk *k);

/* To task N, which is opened, over the whole screen. */
void desk_open_task(struct desk *k, unsigned n);

/* Down to a line that does DEED. */
void desk_to_deed(struct desk *k, enum page_deed deed);

bool desk_shows(struct desk *k, const char *text);

bool desk_hides(struct desk *k, const char *text);

/* What the screen would keep now. */
void desk_put_kept(struct desk *k, struct buf *b);

#endif
