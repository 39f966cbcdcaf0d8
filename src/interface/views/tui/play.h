/*
 * The screen's state: the session played, the position in it, and the panes
 * shown.  It is driven by keys and by time that passes, and draws on a grid; it
 * knows no terminal, so tests drive it as a person does.
 *
 *	play.c         made, freed, kept up with the source
 *	play_lay.c     the session laid out as a ladder
 *	line_edit.c    lists of words
 *	play_move.c    the position: steps, jumps, playing
 *	play_key.c     a key to a request, a request to what does it; the
 *	               mouse
 *	play_draw.c    the screen put together; boxes over it, the bottom line
 *	play_sides.c   ladder and panes beside each other, tabs
 *	play_panes.c   the panes beside the ladder; the textual ones
 *	play_pictures.c  the pictures, and the log
 *	play_find.c    finding, filtering
 *	play_act.c   the menu of what can be acted on; acting: the verb,
 *	             its arguments, doing it
 *	play_act_text.c  the same in words
 *	play_branch.c  branches, side by side
 *	play_calls.c   the list of calls; choosing among more calls than one
 *	               trace holds
 *	play_quiz.c    predicting
 *	play.c another language
 *	play_act_text.c text typed behind ":"
 *	play_export.c  ladder and screen into files
 *	play_help.c    the keys
 *	play_pictures.c  the handset's pane, its keypad
 *	play_lesson.c  the lab's tasks: the pane, moving in it; its keys,
 *	               text typed there, arrows chosen
 *	play_lesson_work.c  judging them; asking for the student's number; an
 *	                    exam: its clock, requests that it bars
 *	play_lesson_answer.c  answering them
 *	play.c    kept and taken up again
 */
#ifndef VIEWS_TUI_PLAY_H
#define VIEWS_TUI_PLAY_H

#include "base/diag.h"
#include "draw/doc.h"
#include "draw/grid.h"
#include "draw/theme.h"
#include "ladder/ladder_screen.h"
#include "trace/track.h"
#include "views/panes/panes.h"
#include "views/tui/line_edit.h"
#include "views/tui/source.h"
#include "words/record_filter.h"

#include <stdbool.h>

/* Those with a tab, in its order; the request of that name shows it. */
#define PLAY_PANES(X) \
	X(MESSAGE)    \
	X(WHY)        \
	X(MACHINES)   \
	X(NETWORK)    \
	X(NODE)       \
	X(LOG)        \
	X(HANDSET)    \
	X(LAB)        \
	X(PAIR)       \
	X(MEDIA)      \
	X(FAULTS)

enum play_pane {
#define X(id) PANE_##id,
	PLAY_PANES(X)
#undef X
	    PANE_COUNT,
	/* Panes without a tab, shown in place of all those. */
	PANE_CALLS = PANE_COUNT,
	PANE_QUIZ,
	PANE_ALL
};

/* The box over the ladder, which gets the keys. */
enum play_over {
	OVER_NOTHING,
	OVER_CHOOSER,
	OVER_LINE,
	OVER_DOC, /* help, a record, a comparison */
	OVER_TOUR,
};

/* What only the terminal's owner can do (tui.c). */
enum play_wish {
	WISH_NOTHING,
	WISH_REDRAW,
	WISH_SUSPEND,
	WISH_EDIT, /* p->edit, then play_edited */
};

struct play_options {
	bool ascii, present, tour;
	bool tasks; /* begin in the lab's pane */
	enum theme theme;
	const char *folder; /* where exports go; NULL: the working one */
	/* most records looked at between two looks at the keyboard; 0: as many
	 * as usual */
	uint64_t slice;
};

/* Records in order, each once. */
struct play_seqs {
	uint64_t *list;
	size_t n, cap;
};

/* One branch as it is seen. */
struct play_view {
	const struct trace *trace;
	size_t number; /* of the branch */
	uint64_t laid; /* records there were when it was laid out */
	/* A new layout under way (or NULL), how many records it is of, and
	 * whether the user waits for it. */
	struct layout_making *making;
	uint64_t making_of;
	bool awaited;
	bool done;  /* it grows no more */
	bool waits; /* it goes as the clock does, and there is no more yet */
	/* Brackets being found (or NULL), of `coming`, which is shown with
	 * them, or where that is NULL, of the ladder shown. */
	struct ladder_marking *marking;
	struct layout *coming;
	struct layout *layout;
	struct ladder_marks *brackets; /* or NULL */
	struct ladder_screen *ladder;
	struct track *track;
	uint32_t *counts; /* by row: messages up to it */
	uint64_t seq;     /* the position: 0 … count */
	int64_t t_ns;     /* the moment: the record's, later while playing */
	size_t top;       /* the ladder's first line */
	size_t first;     /* and column */
	struct play_seqs marks;
	/* Records that the filter lets through, and matches of the search;
	 * `sifted` and `sought`: the last record looked at for each. */
	struct play_seqs kept, found;
	uint64_t sifted, sought;
	uint64_t parts;    /* record whose row the branch beside lacks; 0 */
	uint64_t back[32]; /* where jumps came from */
	size_t nback;
};

/* A pane that is a text.  Of a pane that is a picture only `top` is used, and
 * what it was made of. */
struct play_text {
	struct doc doc;
	size_t top, cursor;
	/* what it was made of */
	const struct trace *trace;
	uint64_t seq, variant;
	int64_t t_ns;
	size_t width;
	/* Of a picture, while its pane is drawn: how many lines it takes in W
	 * by H; 0 by 0: not known. */
	size_t w, h, lines;
};

/* Records looked at between two looks at the keyboard; fewer where each is
 * read. */
#define PLAY_WORK_RECORDS 10000
#define PLAY_FIND_RECORDS 2000
/* Records laid out at once, within the key; only longer runs go in slices. */
#define PLAY_LAY_RECORDS 20000

struct play;
struct quiz_score;
typedef void play_chosen_fn(struct play *p, uint64_t value);
/* Takes TEXT, which was typed.  False: TEXT is wrong, the function has said
 * why, and the user goes on typing. */
typedef bool play_typed_fn(struct play *p, struct str text);

/* Arguments of an act, copied: key and value of each, NUL behind both. */
struct play_args {
	struct buf memory;
	struct act_arg list[ACT_VERB_ARGS]; /* after play_args_end */
	size_t n;
};

/* An act while it is put together. */
struct play_acting {
	struct buf on, verb;
	struct buf to; /* the receiver of a request being edited */
	struct play_args args;
	struct act_verb chosen; /* its strings are owned by the source */
	size_t nparams, given;
	uint64_t after;
};

/* Where two branches part, as it was found last. */
struct play_parting {
	const struct trace *a, *b;
	uint64_t same; /* first records found to be the same so far */
	bool known;    /* and the next one differs, or is missing */
	/* The rows of these layouts where it is seen, or LAYOUT_NONE. */
	const struct layout *la, *lb;
	size_t row_a, row_b;
};

/* An act that the source is at work on. */
struct play_doing {
	bool going;
	unsigned percent;
	uint64_t after;
	bool message;   /* it acts on the message of that record */
	size_t before;  /* branches there were */
	size_t remarks; /* about acts, of the branch it is done in */
};

struct play {
	const struct play_source *src;
	struct play_options o;
	struct play_view *views;
	size_t nviews, now;
	size_t beside; /* the branch beside, or SIZE_MAX */
	struct play_parting parting;
	bool to_parting; /* go to `parting` once known; a key cancels */

	/* The ladder. */
	enum ladder_mode mode;
	bool mode_chosen; /* by the user; else by the screen's height */
	int64_t line_ns;  /* in true time: ns a line; 0: chosen */
	bool fold;
	unsigned brackets;         /* bits, 1 << enum ladder_mark_kind */
	struct buf hidden, folded; /* names, Call-IDs, NUL after each */
	struct buf only;           /* Call-IDs to show, NUL after each */
	struct buf columns; /* names, NUL after each, that two branches side by
			       side have in common */
	struct buf filter_text, find_text;
	struct record_filter filter;
	struct buf filter_scratch;
	uint32_t sift;  /* counts filters */
	bool sifting;   /* the ladder waits for the filter */
	bool sifts_new; /* say so if it lets nothing through */
	int finding;    /* to the next match (1), the one before (-1), or 0 */
	uint64_t find_from;
	bool counting; /* a match is shown, others still counted */
	bool resting;  /* the user has stopped looking for more */

	/* The panes. */
	enum play_pane pane;
	size_t room; /* lines that are seen of the one being drawn */
	bool in_pane, pane_whole;
	/* In place of those with a tab: the list of calls, which comes before
	 * a question. */
	bool in_calls, predicting;
	bool hiding; /* future records are hidden */
	/* What each knows of its own, made and freed by its `open` and `done`.
	 */
	struct play_message *message;
	struct play_machines *machines;
	struct play_keypad *keypad;
	struct play_lesson *lesson;
	struct play_calls *calls;
	struct play_quiz *quiz;
	struct play_faults *faults;
	bool jumped; /* from a pane's line: Esc returns */
	struct play_text texts[PANE_COUNT];
	struct buf node; /* the chosen one's name */
	bool node_fixed; /* chosen by hand */

	/* Branch 0 goes as the clock does, and its end is followed: the
	 * position goes with it. */
	bool follows;

	/* Playing. */
	bool playing;
	size_t speed; /* into play_speeds */

	/* What lies over it. */
	enum play_over over;
	struct chooser chooser;
	play_chosen_fn *chosen;
	void (*back)(struct play *p); /* called by Esc, or NULL */
	struct line_edit line;
	play_typed_fn *typed;
	struct buf hint; /* above the typed text */
	struct play_text over_text;
	const char *over_title;
	struct play_acting acting;
	struct play_doing doing;

	struct buf overwrite; /* the file that may be written over */
	struct buf say;       /* on the bottom line until the next key */
	bool say_bad;
	enum play_wish wish;
	struct buf edit;
	/* Called with the edited text in `edit`; NULL: it is a message. */
	void (*edited)(struct play *p);
	size_t width, height;      /* as last drawn */
	size_t ladder_lines;       /* of the ladder as last drawn */
	size_t cursor_x, cursor_y; /* where typing goes; x SIZE_MAX: nowhere */
	/* As last drawn. */
	struct grid_area ladder_area, pane_area, second_area, over_area;
	bool quit;
	bool student_asked; /* for the number, once */
	bool again; /* to be opened anew, for the student who said who it is */
	bool unsaved, save_failed;
	struct buf begun; /* what would be kept of it as it began; empty: it
			     is to be kept whatever it holds */
	struct diag diag; /* of an error */
};

/* play.c.  0 or D's error; SRC is borrowed. */
int play_create(struct play **p, const struct play_source *src,
    const struct play_options *o, struct diag *d);
void play_destroy(struct play *p);
struct play_view *play_view(struct play *p);
/* The state after the record at the position; NULL: no memory. */
const struct fold *play_fold(struct play *p);
/* Gives new branches views and grown traces new ladders; 0 or an error. */
int play_keep_up(struct play *p);
/* Drops the view of branch I, whose trace the source is about to free, and all
 * that was made of it. */
void play_forget_view(struct play *p, size_t i);
/* Records to look at in one go: USUAL, or the options' `slice` where that is
 * fewer. */
uint64_t play_slice(const struct play *p, uint64_t usual);
/* Goes on with a run, checkpoints, the list of calls, for a few milliseconds;
 * true while there is more to do. */
bool play_work(struct play *p);
/* How long there is nothing to do unless *FD can be read, as of the source's
 * `idle`; -1 and *FD -1 where nothing goes as the clock does. */
int play_idle_ms(const struct play *p, int *fd);
/* Branch NUMBER goes as the clock does, and is not over. */
bool play_is_live(const struct play *p, size_t number);
/* On the bottom line until the next key. */
void play_say(struct play *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void play_tell(struct play *p, const char *text);
void play_complain(struct play *p, const struct diag *d);

/* play_lay.c */
/* Lays out all branches anew, since what they show has changed.  A long ladder
 * is shown as it was until that is done. */
int play_lay_out(struct play *p);
int play_lay_out_view(struct play *p, struct play_view *v);
/* A slice of one of the layouts under way; *MORE: there was one. */
int play_lay_out_more(struct play *p, bool *more);
void play_leave_layout(struct play_view *v);
/* A layout of V, or the brackets of one, is being made. */
bool play_is_laying_out(const struct play_view *v);
/* Gives V an empty ladder, so that none of another trace is seen while its own
 * is laid out. */
int play_empty_view(struct play *p, struct play_view *v);
/* Makes the ladders' views anew, for another mode or the like; the layouts
 * stay. */
int play_show_anew(struct play *p);
/* Brackets of the kinds in KINDS (bits, 1 << enum ladder_mark_kind) beside all
 * ladders.  0 or an error. */
int play_set_brackets(struct play *p, unsigned kinds);
/* The mode that suits the screen, unless the user chose one. */
int play_fit_mode(struct play *p, size_t height);
/* Two branches side by side get the same columns; alone, one has its own.  0 or
 * an error, with which they stay as they are. */
int play_share_columns(struct play *p);

/* line_edit.c: a list of strings, NUL after each. */
bool play_list_has(const struct buf *list, struct str word);
void play_list_add(struct buf *list, struct str word);
void play_list_drop(struct buf *list, struct str word);
/* At most MOST of its words, borrowed. */
size_t play_list_words(const struct buf *list, const char **words, size_t most);

/* What a request does is a function of a play alone, or with BY: 1, -1, or
 * whatever the table in play_key.c gives. */

/* play_move.c */
extern const double play_speeds[];
#define PLAY_SPEEDS      9
#define PLAY_SPEED_USUAL 3
void play_seek(struct play *p, uint64_t seq);
/* As play_seek, and Backspace returns. */
void play_jump(struct play *p, uint64_t seq);
/* At time T, where that is between the position's record and the next. */
void play_stand_at(struct play *p, int64_t t);
void play_return(struct play *p);
void play_step_message(struct play *p, int by);
void play_step_row(struct play *p, int by);
void play_step_record(struct play *p, int by);
void play_step_node(struct play *p, int by);
/* The next record that the filter lets through. */
void play_step_kept(struct play *p, int by);
void play_ends(struct play *p, int by);
void play_page(struct play *p, int by);
/* ELAPSED_NS of the machine's clock have passed. */
void play_pass(struct play *p, int64_t elapsed_ns);
/* The last record shown: the position's while the future is hidden, else
 * UINT64_MAX. */
uint64_t play_last_shown(const struct play *p);
/* The row of the position, or LAYOUT_NONE. */
size_t play_row(const struct play_view *v);
/* Number of the ladder's message at the position, from 1; 0 before the first.
 */
size_t play_message_number(struct play *p);
/* The column of the chosen node, or LAYOUT_NONE. */
size_t play_column(const struct play *p, const struct play_view *v);
/* The Call-ID of the message that the position is about, or empty; SCRATCH is
 * its memory. */
struct str play_call_id(struct play *p, struct buf *scratch);
/* The send record that the position is about, or 0. */
uint64_t play_message_seq(struct play *p);
/* The chosen node follows the record, unless it was chosen by hand. */
void play_follow_node(struct play *p);
/* NAME is chosen by hand. */
void play_fix_node(struct play *p, struct str name);
void play_choose_node(struct play *p, int by);
/* "41", "1.5s"; an empty text changes nothing. */
play_typed_fn play_goto;

void play_seqs_free(struct play_seqs *s);
int play_seqs_add(struct play_seqs *s, uint64_t seq);
void play_seqs_remove(struct play_seqs *s, uint64_t seq);
bool play_seqs_has(const struct play_seqs *s, uint64_t seq);
/* How many are below SEQ. */
size_t play_seqs_below(const struct play_seqs *s, uint64_t seq);
/* The first above SEQ, the last below it, or 0. */
uint64_t play_seqs_next(const struct play_seqs *s, uint64_t seq);
uint64_t play_seqs_back(const struct play_seqs *s, uint64_t seq);

/* play_key.c */
void play_key(struct play *p, struct key key);
void play_do(struct play *p, enum play_request r);
enum play_place play_where(const struct play *p);
/* Asks for a line of text; TYPED gets it. */
void play_ask(
    struct play *p, const char *label, struct str text, play_typed_fn *typed);
/* Shows p->chooser; CHOSEN gets the value of what was chosen. */
void play_choose(struct play *p, play_chosen_fn *chosen);
/* Lines that PageDown goes in what lies over the ladder. */
size_t play_over_page(const struct play *p);
/* Shows p->over_text under TITLE. */
void play_show(struct play *p, const char *title);

/* play_draw.c */
void play_ladder_now(
    struct play *p, struct play_view *v, struct ladder_screen_now *now);
/* The whole screen.  0 or ERR_NOMEM. */
int play_draw(struct play *p, struct grid *g);

/* The ladder of branch VIEW, scrolled to the position. */
void play_draw_ladder(struct play *p, size_t view, const struct grid_area *a);

/* play_sides.c */
/* A with a frame behind its first CELLS: returns the part before it, and in
 * *REST the part behind. */
struct grid_area
play_split(const struct grid_area *a, size_t cells, struct grid_area *rest);
/* W cells have room for the ladder and a pane beside it. */
bool play_fits_beside(struct play *p, size_t w);
/* The pane to show beside the chosen one where two have room. */
enum play_pane play_second_pane(const struct play *p);
void play_draw_sides(struct play *p, const struct grid_area *a);
void play_draw_ladder_alone(struct play *p, const struct grid_area *a);
void play_draw_pane_alone(struct play *p, const struct grid_area *a);
/* The ladder up to the position, and the question about it. */
void play_draw_question(struct play *p, const struct grid_area *a);

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
	 * anew and a picture begins at its top; NULL: there is one way. */
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
/* Drops all that was made of trace T; with NULL all texts, which are made anew.
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

/* Goes to record SEQ; Esc returns, for users of arrows, Enter and Esc alone. */
void play_jump_from_pane(struct play *p, uint64_t seq);

/* play_panes.c: switches between the message as it was sent and its
 * explanation. */
void play_raw_or_explained(struct play *p);

/* play_pictures.c */
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

/* play_find.c */
play_typed_fn play_find, play_set_filter, play_command, play_export;
/* Where in ALL the text searched for stands, or -1.  Upper and lower case are
 * the same, unless that text has a capital letter. */
ptrdiff_t play_find_in(const struct play *p, struct str all);
/* The same for any TEXT. */
ptrdiff_t play_text_in(struct str all, struct str text);
void play_find_step(struct play *p, int by);
void play_only_call(struct play *p);
/* Goes on with filtering and finding; true while there is more to do. */
bool play_find_work(struct play *p);
/* Stops the filtering or finding that the user waits for; false: there is none.
 */
bool play_find_stop(struct play *p);
/* The search under way, and its progress ("searching … 40 %"), or nothing. */
void play_find_put(struct play *p, struct buf *b);
/* Whether the filter, if any, has seen all of V; where few records are left,
 * they are filtered now. */
bool play_is_sifted(struct play *p, struct play_view *v);
/* For a layout; ARG is the play. */
bool play_keeps(const struct trace *t, const struct trace_rec *rec, void *arg);
/* The record after SEQ, or before it, that the filter lets through, or 0. */
uint64_t play_kept_next(struct play *p, uint64_t seq);
uint64_t play_kept_back(struct play *p, uint64_t seq);
/* How many records before SEQ the filter lets through. */
size_t play_kept_below(struct play *p, uint64_t seq);

/* play_act.c */
/* Goes on with an act; false where there is none. */
bool play_act_work(struct play *p);
void play_act_cancel(struct play *p);
/* The verbs of ON that make sense now; at most PLAY_VERBS. */
#define PLAY_VERBS 64
size_t play_act_verbs(struct play *p, const char *on, struct act_verb *list);
/* Asks for what VERB of p->acting.on needs, then does it. */
void play_act_begin(struct play *p, const struct act_verb *verb);
/* VALUE of argument KEY is right: 0, or p->diag names the expected form. */
int play_act_check(struct play *p, const char *on, const char *verb,
    const char *key, const char *value);
/* Begins to do it: 0 or p->diag's error. */
int play_act_do(struct play *p, const char *on, const char *verb,
    const struct act_arg *args, size_t nargs);
void play_args_add(struct play_args *a, struct str key, struct str value);
/* Fills in the list: 0 or ERR_NOMEM. */
int play_args_end(struct play_args *a);
/* Takes p->edit back from the editor. */
void play_edited(struct play *p, bool changed);

/* play_act_text.c */
/* "alice crash", "alice invite bob", "drop": 0 or p->diag's error. */
int play_act_text(struct play *p, struct str text);

/* play_act.c */
void play_act_menu(struct play *p);

/* play_branch.c */
void play_branch_menu(struct play *p);
void play_beside(struct play *p);
/* "NAME", "rename NAME", "delete", "delete NAME" */
play_typed_fn play_branch_command;
void play_go_branch(struct play *p, size_t branch, uint64_t seq);
/* Looks where the two that stand side by side part; true: there is more to look
 * at. */
bool play_parting_work(struct play *p);
/* Where that is, or 0. */
uint64_t play_difference(struct play *p, size_t view);
/* The first row of VIEW that differs in the branch beside it, or NULL. */
const struct layout_row *play_parting_row(struct play *p, size_t view);
void play_compare(struct play *p);

bool play_delete_branch(struct play *p, size_t i);

/* play_pictures.c */
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

/* play_lesson.c */
/* Line Y of the pane was clicked; false: there is nothing. */
bool play_lesson_mouse(struct play *p, size_t y);
/* A word for what Enter does in the lab's pane, not translated yet; NULL:
 * nothing. */
const char *play_lesson_deed(struct play *p);

/* play_lesson_answer.c */
/* Whether the task at the cursor has another hint; true also at no task. */
bool play_lesson_has_hint(const struct play *p);
/* PATH is a figure that was just made: it may be what a task asks for. */
void play_lesson_figure(struct play *p, const char *path);
/* play_student_ask(), before what would answer a task of KIND, if there is one.
 */
bool play_lesson_asks_student(struct play *p, enum lesson_kind kind);

/* play_lesson_work.c */
/* How far the run is that an answer names, where one is made. */
void play_lesson_put_made(struct play *p, struct buf *b);
/* Gives up the run that is being made; false: none is. */
bool play_lesson_stop(struct play *p);

/* play_lesson_work.c */
/* Asks for the student's number, where the source wants that and it was not
 * asked for yet; false: nothing is asked. */
bool play_student_ask(struct play *p);
/* The student's number is being asked, or was answered: the session shown has
 * no student yet. */
bool play_student_asked(const struct play *p);

/* play_lesson_work.c */
/* Begins an exam where the source asks for one. */
void play_exam_begin(struct play *p);
/* One goes on: the screen is drawn anew every second. */
bool play_exam_goes_on(const struct play *p);
/* Ends it when its time is over. */
void play_exam_work(struct play *p);
/* There was one: what counts stays as it is. */
bool play_exam_is_over(const struct play *p);
/* Whether an exam goes on, or is over, in which R is barred. */
bool play_exam_withholds(const struct play *p, enum play_request r);
/* The same, and tells the user where R is barred. */
bool play_exam_bars(struct play *p, enum play_request r);
/* An exam goes on or is over: nothing is explained. */
bool play_is_exam(const struct play *p);
/* How much time is left, in the last cells of line Y; how many they are. */
size_t play_exam_draw(struct play *p, const struct grid_area *a, size_t y);

/* play_calls.c */
void play_calls_open(struct play *p);
/* Whether there are so many calls that the list is shown first. */
bool play_calls_many(struct play *p);

/* play_calls.c */
/* The source has more calls than its trace. */
bool play_has_choice(const struct play *p);
/* Says which of them are shown; true: the list is. */
bool play_chosen_put(struct play *p, struct buf *b);

/* play_quiz.c */
void play_predict(struct play *p);
void play_quiz_key(struct play *p, struct key key);
/* Of all that was asked. */
struct quiz_score *play_quiz_score(struct play *p);

/* play.c */
void play_next_language(struct play *p);
play_typed_fn play_choose_language; /* "zh", as --lang takes it */

/* play_act_text.c */
line_complete_fn play_complete_command;
/* Which brackets there are. */
void play_say_brackets(struct play *p);

/* play_export.c */
void play_export_ask(struct play *p);
void play_screen_ask(struct play *p);

/* play_help.c */
void play_tour_draw(struct play *p, const struct grid_area *a);
void play_help(struct play *p);
void play_menu(struct play *p);
/* What KEY stands for in the menu, which shows keys; REQ_NONE. */
enum play_request play_menu_key(const struct play *p, struct key key);
void play_put_keys(struct play *p, const struct grid_area *a, size_t y);

/* play.c */
void play_save(struct play *p);

/* A text in the user's own editor ($VISUAL, $EDITOR, vi). */

/*
 * Lets the user edit TEXT, a SIP message.  In the editor its lines end in LF;
 * afterwards in CRLF again where TEXT had CRLF.  *CHANGED: the bytes differ
 * from before.  The screen must have left the terminal (screen_leave).  0; or
 * D's error, and TEXT is as it was.
 */
int editor_run(struct buf *text, bool *changed, struct diag *d);

#endif
