/*
 * The screen's state: the session played, the position in it, and the panes
 * shown.  It is driven by keys and by time that passes, and draws on a grid; it
 * knows no terminal, so tests drive it as a person does.
 *
 *	play.c         made, freed, kept up with the source; another language;
 *	               kept and taken up again
 *	play_lay.c     the session laid out as a ladder
 *	play_list.c    lists of words
 *	play_move.c    the position: steps, jumps, playing
 *	play_key.c     a key to a request, a request to what does it; the
 *	               mouse
 *	play_draw.c    the screen put together; boxes over it, the bottom line
 *	play_sides.c   ladder and panes beside each other, tabs
 *	play_find.c    finding, filtering
 *	play_act.c     the menu of what can be acted on; acting: the verb, its
 *	               arguments, doing it
 *	play_act_text.c  the same in words; text typed behind ":"
 *	play_branch.c  branches, side by side
 *	play_calls.c   the list of calls; choosing among more calls than one
 *	               trace holds
 *	play_quiz.c    predicting
 *	play_export.c  ladder and screen into files
 *	play_help.c    the keys
 *
 * The panes beside the ladder are in play_panes.h.
 */
#ifndef VIEWS_TUI_PLAY_H
#define VIEWS_TUI_PLAY_H

#include "base/diag.h"
#include "draw/doc.h"
#include "draw/grid.h"
#include "draw/theme.h"
#include "ladder/ladder_screen.h"
#include "trace/checkpoints.h"
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
	struct checkpoints *checkpoints;
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

/* How the ladders of all branches are shown.  Written by play_key.c,
 * play_find.c (`only`) and play_lay.c, which lays out by it; freed by
 * play.c. */
struct play_ladder {
	enum ladder_mode mode;
	bool mode_chosen; /* by the user; else by the screen's height */
	int64_t line_ns;  /* in true time: ns a line; 0: chosen */
	bool fold;
	unsigned brackets;         /* bits, 1 << enum ladder_mark_kind */
	struct buf hidden, folded; /* names, Call-IDs, NUL after each */
	struct buf only;           /* Call-IDs to show, NUL after each */
	struct buf columns; /* names, NUL after each, that two branches side by
			       side have in common */
};

/* Filtering and finding among the records.  Written by play_find.c, freed by
 * play.c. */
struct play_search {
	struct buf filter_text, find_text;
	struct record_filter filter;
	struct buf scratch; /* of the filter */
	uint32_t sift;      /* counts filters */
	bool sifting;       /* the ladder waits for the filter */
	bool sifts_new;     /* say so if it lets nothing through */
	int finding; /* to the next match (1), the one before (-1), or 0 */
	uint64_t from;
	bool counting; /* a match is shown, others still counted */
	bool resting;  /* the user has stopped looking for more */
};

/* What each pane knows of its own, made and freed by its `open` and `done`,
 * which alone know the struct. */
struct play_own {
	struct play_message *message;
	struct play_machines *machines;
	struct play_keypad *keypad;
	struct play_lesson *lesson;
	struct play_why *why;
	struct play_calls *calls;
	struct play_quiz *quiz;
	struct play_faults *faults;
};

/* The box over the ladder, which gets the keys.  play_key.c opens and closes
 * it, play_draw.c draws it; freed by play.c. */
struct play_box {
	enum play_over over;
	struct chooser chooser;
	play_chosen_fn *chosen;
	void (*back)(struct play *p); /* called by Esc, or NULL */
	struct line_edit line;
	play_typed_fn *typed;
	struct buf hint; /* above the typed text */
	struct play_text text;
	const char *title;
	/* `text` is the page of keys.  PLACE: where they were asked for;
	 * WIDTH, LINES: the size of the box with all of them. */
	struct {
		bool shown;
		enum play_place place;
		size_t width, lines;
		struct buf find;
	} keys;
};

/* Where things stood as the screen was drawn last.  Written by play_draw.c and
 * play_sides.c, read by play_key.c for the mouse and for pages. */
struct play_drawn {
	size_t width, height;
	size_t ladder_lines;
	size_t cursor_x, cursor_y; /* where typing goes; x SIZE_MAX: nowhere */
	struct grid_area ladder, pane, second, over;
};

/* The session as rung play takes it up.  `unsaved` is set by each file whose
 * acts are worth keeping, the rest by play.c. */
struct play_keeping {
	bool unsaved, failed;
	struct buf begun; /* what would be kept of it as it began; empty: it
			     is to be kept whatever it holds */
};

struct play {
	const struct play_source *src;
	struct play_options o;
	struct play_view *views;
	size_t nviews, now;
	size_t beside; /* the branch beside, or SIZE_MAX */
	struct play_parting parting;
	bool to_parting; /* go to `parting` once known; a key cancels */
	struct play_ladder ladder;
	struct play_search search;

	/* The panes. */
	enum play_pane pane;
	size_t room; /* lines that are seen of the one being drawn */
	bool in_pane, pane_whole;
	/* In place of those with a tab: the list of calls, which comes before
	 * a question. */
	bool in_calls, predicting;
	bool hiding; /* future records are hidden */
	struct play_own own;
	bool jumped; /* from a pane's line: Esc returns */
	struct play_text texts[PANE_COUNT];
	struct buf node; /* the chosen one's name */
	bool node_fixed; /* chosen by hand */

	/* Branch 0 goes as the clock does, and its end is followed: the
	 * position goes with it. */
	bool follows;
	bool playing;
	size_t speed; /* into play_speeds */

	struct play_box box;
	struct play_acting acting; /* play_act.c, play_act_text.c */
	struct play_doing doing;   /* play_act.c */

	struct buf overwrite; /* the file that may be written over */
	struct buf say;       /* on the bottom line until the next key */
	bool say_bad;
	enum play_wish wish;
	struct buf edit;
	/* Called with the edited text in `edit`; NULL: it is a message. */
	void (*edited)(struct play *p);
	bool quit;
	struct play_drawn drawn;
	struct play_keeping kept;
	struct diag diag; /* of an error */
};

/* play.c.  0 or D's error; SRC is borrowed. */
int play_create(struct play **p, const struct play_source *src,
    const struct play_options *o, struct diag *d);
void play_destroy(struct play *p);
struct play_view *play_view(struct play *p);
/* The state after the record at the position; NULL: no memory. */
const struct state_at *play_state(struct play *p);
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
/* How long there is nothing to do unless *FD can be read, as in the source's
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
/* Lays out all branches again, since what they show has changed.  A long ladder
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
/* Makes the ladders' views again, for another mode or the like; the layouts
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

/* play_list.c: a list of strings, NUL after each. */
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
/* Shows p->box.chooser; CHOSEN gets the value of what was chosen. */
void play_choose(struct play *p, play_chosen_fn *chosen);
/* Lines that PageDown goes in what lies over the ladder. */
size_t play_over_page(const struct play *p);
/* Shows p->box.text under TITLE. */
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
/* W cells have room for the ladder and a pane next to it. */
bool play_fits_beside(struct play *p, size_t w);
/* The pane to show beside the chosen one where two have room. */
enum play_pane play_second_pane(const struct play *p);
void play_draw_sides(struct play *p, const struct grid_area *a);
void play_draw_ladder_alone(struct play *p, const struct grid_area *a);
void play_draw_pane_alone(struct play *p, const struct grid_area *a);
/* The ladder up to the position, and the question about it. */
void play_draw_question(struct play *p, const struct grid_area *a);

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
/* The first row of VIEW that differs in the branch next to it, or NULL. */
const struct layout_row *play_parting_row(struct play *p, size_t view);
void play_compare(struct play *p);

bool play_delete_branch(struct play *p, size_t i);

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
/* All keys, by place, into D; with ASCII arrows as words. */
void play_write_keys(bool ascii, struct doc *d);
/* KEY finds keys in their page; false: it means something else there. */
bool play_help_key(struct play *p, struct key key);
void play_menu(struct play *p);
/* What KEY stands for in the menu, which shows keys; REQ_NONE. */
enum play_request play_menu_key(const struct play *p, struct key key);
void play_put_keys(struct play *p, const struct grid_area *a, size_t y);

/* play.c */
void play_save(struct play *p);

/* ---- a text in the user's own editor ($VISUAL, $EDITOR, vi) ---- */

/*
 * Lets the user edit TEXT, a SIP message.  In the editor its lines end in LF;
 * afterwards in CRLF again where TEXT had CRLF.  *CHANGED: the bytes differ
 * from before.  The screen must have left the terminal (screen_leave).  0; or
 * D's error, and TEXT is as it was.
 */
int editor_run(struct buf *text, bool *changed, struct diag *d);

#endif
