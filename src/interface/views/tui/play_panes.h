/*
 * The panes beside the ladder, as the rest of the screen sees them.
 *
 *	play_panes.c     the list of panes, the operations of each; the textual
 *	                 ones
 *	play_panes_pictures.c
 *	                 the pictures, the log, the handset with its keypad
 *	play_lesson.c    the lab's tasks: the pane, moving in it; its keys, text
 *	                 typed there, arrows chosen
 *	play_lesson_work.c
 *	                 judging them
 *	play_panes_exam.c  asking for the student's number; an exam: its clock,
 *	                 requests that it bars
 *	play_lesson_answer.c  answering them
 */
#ifndef VIEWS_TUI_PLAY_PANES_H
#define VIEWS_TUI_PLAY_PANES_H

#include "views/tui/play.h"

/* play_panes.c */
/*
 * What a pane does: NULL where it does not.  What it shows is of the table of
 * panes (views/panes/panes.h), or else of its own: it has DRAW.
 */
struct play_pane_ops {
	const struct pane *pane;
	/* Says how it is looked at. */
	void (*look)(struct play *p, struct pane_moment *m);
	/* There is something for it to show, and so its tab; NULL: where its
	 * `pane` has something. */
	bool (*there)(struct play *p);
	/* Its tab is there while it is looked at, and else a key leads to it.
	 */
	bool quiet;
	/* Makes what it knows of its own, to which P gets a pointer: 0 or
	 * ERR_NOMEM. */
	int (*open)(struct play *p);
	/* Frees that, also what `open` failed in the middle of, or did not come
	 * to. */
	void (*done)(struct play *p);
	/* Goes on with what it has under way, for a few milliseconds; true
	 * while there is more to do. */
	bool (*work)(struct play *p);
	/* Words that it has are of another language now. */
	void (*anew)(struct play *p);
	/* Trace T is to be freed. */
	void (*forget)(struct play *p, const struct trace *t);
	/* Which way it is shown, as a number: shown another way, a text is made
	 * again and a picture begins at its top; NULL: there is one way. */
	uint64_t (*way)(struct play *p);
	/* What a key means while the pane has the keys; NULL: PLACE_PANE. */
	enum play_place (*place)(const struct play *p);
	/* In place of that of the table, for a pane that draws only the lines
	 * that A has room for: see play_picture_extent. */
	void (*extent)(struct play *p, const struct grid_area *a, size_t *top,
	    size_t *end, size_t *n);
	/* p->room lines of it are seen. */
	void (*draw)(struct play *p, const struct grid_area *a);
	/* Does a request other than scrolling; false: not one of this pane's.
	 */
	bool (*request)(struct play *p, enum play_request r);
	/* Goes to the next entry that matches the search, or the one before;
	 * NULL: the search is among the records. */
	void (*find)(struct play *p, int by);
	/* Whether Enter leads somewhere. */
	bool (*leads)(struct play *p);
	/* The line of a text on which the cursor begins, behind its head. */
	size_t first;
	/* Says which of several is shown. */
	void (*put)(struct play *p, bool brief, struct buf *b);
};
extern const struct play_pane_ops *const play_panes[PANE_ALL];
extern const struct play_pane_ops play_message_pane, play_why_pane,
    play_machines_pane, play_network_pane, play_node_pane, play_log_pane,
    play_handset_pane, play_lesson_pane, play_pair_pane, play_media_pane,
    play_faults_pane, play_calls_pane, play_quiz_pane;
/* M becomes the moment at which PANE is looked at, and how: false without
 * memory. */
bool play_moment(struct play *p, enum play_pane pane, struct pane_moment *m);
/* PANE is a picture that may take more lines than are seen. */
bool play_pane_is_high(enum play_pane pane);
/* What the panes know of their own: made (0 or ERR_NOMEM), freed, worked on
 * (true while there is more to do), told that the language has changed. */
int play_panes_open(struct play *p);
void play_panes_done(struct play *p);
bool play_panes_work(struct play *p);
void play_panes_anew(struct play *p);
/* The way that PANE is shown, 0 where there is one. */
uint64_t play_pane_way(struct play *p, enum play_pane pane);
/* Whether PANE has something to show; whether it has a tab, for that reason or
 * because it is chosen. */
bool play_pane_offered(struct play *p, enum play_pane pane);
/* Drops all that was made of trace T; with NULL all texts, which are made
 * again.
 */
void play_panes_forget(struct play *p, const struct trace *t);
void
play_draw_pane(struct play *p, enum play_pane pane, const struct grid_area *a);
/* How much of PANE has room in A, "▼ 8 of 70"; true where that is not all. */
bool play_pane_put_more(struct play *p, enum play_pane pane,
    const struct grid_area *a, struct buf *b);
/* The pane that gets the keys, or PANE_ALL; lets it do R, false where it does
 * not. */
enum play_pane play_pane_keyed(const struct play *p);
bool play_pane_do(struct play *p, enum play_request r);
/* Lines that PageDown goes in the chosen pane. */
size_t play_pane_page(const struct play *p);
/* Enter leads somewhere from the pane's cursor. */
bool play_pane_leads(struct play *p);
/* Why calls of the trace ended; NULL while later records are hidden. */
const struct outcomes *play_call_ends(const struct play *p);

/* Goes to record SEQ; Esc returns, for users of arrows, Enter and Esc alone. */
void play_jump_from_pane(struct play *p, uint64_t seq);

/* play_panes.c: switches between the message as it was sent and its
 * explanation. */
void play_raw_or_explained(struct play *p);

/* play_panes_pictures.c */
/* None of the chosen node's machines is chosen. */
void play_any_machine(struct play *p);
/* How many lines PANE takes is not known any more. */
void play_measure_anew(struct play *p, enum play_pane pane);
void play_picture_draw(
    struct play *p, enum play_pane pane, const struct grid_area *a);
/* The lines of PANE before the part shown in A, up to the last one shown, and
 * in all. */
void play_picture_extent(struct play *p, enum play_pane pane,
    const struct grid_area *a, size_t *top, size_t *end, size_t *n);

/* play_panes_pictures.c */
void play_keypad(struct play *p);
void play_keypad_close(struct play *p);
/* Keys typed in the pane go to it no longer; those on their way do. */
void play_keypad_leave(struct play *p);
/* The key that R, one of REQ_PRESS_CALL … REQ_PRESS_SOFT2, presses. */
void play_keypad_request(struct play *p, enum play_request r);
void play_keypad_ask(struct play *p);
play_typed_fn play_keypad_keys;
/* Presses KEY on the phone; false: it is not one of the phone's keys, or the
 * keypad is not in use. */
bool play_keypad_key(struct play *p, struct key key);
/* Presses the key drawn at (X, Y) of the pane; false: there is none. */
bool play_keypad_mouse(struct play *p, size_t x, size_t y);
/* An act has come to its end; BRANCHED: in a branch of its own. */
void play_keypad_done(struct play *p, bool branched);
void play_keypad_failed(struct play *p);

/* play_lesson.c */
/* Writes the lesson's part of the saved session; reads it again. */
void play_lesson_put(struct play *p, struct buf *b);
void play_lesson_take_up(struct play *p, struct json_value kept);

/* Line Y of the pane was clicked; false: there is nothing. */
bool play_lesson_mouse(struct play *p, size_t y);
/* A word for what Enter does in the lab's pane, not translated yet; NULL:
 * nothing. */
const char *play_lesson_deed(struct play *p);

/* play_lesson_work.c */
/* The number of the task that holds the runs; 0: none. */
unsigned play_held_by(const struct play *p);
/* Which task that is, and the keys for it; false: none. */
bool play_hold_put(const struct play *p, struct buf *b);
/* The same on the bottom line. */
bool play_hold_say(struct play *p);
/* How to be asked first; NULL: there is nothing to say. */
const char *play_hold_tip(const struct play *p);
/* To that task. */
void play_hold_answer(struct play *p);
/* Asks whether to look first. */
void play_hold_look(struct play *p);

/* play_lesson_answer.c */
/* Whether the task at the cursor has another hint; true also at no task. */
bool play_lesson_has_hint(const struct play *p);
/* PATH is a figure that was just made: it may be what a task asks for. */
void play_lesson_figure(struct play *p, const char *path);
/* play_student_ask(), before what would answer a task of KIND, if there is one.
 */
bool play_lesson_asks_student(struct play *p, enum lesson_kind kind);

/* play_panes_exam.c */
/* How far the run is that an answer names, where one is made. */
void play_lesson_put_made(struct play *p, struct buf *b);
/* Gives up the run that is being made; false: none is. */
bool play_lesson_stop(struct play *p);

/* Asks for the student's number, where the source wants that and it was not
 * asked for yet; false: nothing is asked. */
bool play_student_ask(struct play *p);
/* The student's number is being asked, or was answered: the session shown has
 * no student yet. */
bool play_student_asked(const struct play *p);

/* Begins an exam where the source asks for one. */
void play_exam_begin(struct play *p);
/* An exam goes on: the screen is drawn again every second. */
bool play_exam_goes_on(const struct play *p);
/* Ends the exam when its time is over. */
void play_exam_work(struct play *p);
/* There was an exam: what counts stays as it is. */
bool play_exam_is_over(const struct play *p);
/* Whether an exam goes on, or is over, in which R is barred. */
bool play_exam_withholds(const struct play *p, enum play_request r);
/* The same, and tells the user where R is barred. */
bool play_exam_bars(struct play *p, enum play_request r);
/* An exam goes on or is over: nothing is explained. */
bool play_is_exam(const struct play *p);
/* How much time is left, in the last cells of line Y; how many they are. */
size_t play_exam_draw(struct play *p, const struct grid_area *a, size_t y);

#endif
