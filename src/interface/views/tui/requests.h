/*
 * The requests that a person can make on the screen: one list, from which the
 * keys, the commands after ":", the help and the manual page are made. No key
 * has two meanings in one place; the keys of a place take precedence over the
 * general ones.
 */
#ifndef VIEWS_TUI_REQUESTS_H
#define VIEWS_TUI_REQUESTS_H

#include "views/tui/key.h"

#include <stdbool.h>
#include <stddef.h>

/* X(ID, name in :commands, title in help) */
#define PLAY_PLACES(X)                                     \
	X(EVERYWHERE, "everywhere", N_("Everywhere"))      \
	X(LADDER, "ladder", N_("In the ladder"))           \
	X(PANE, "pane", N_("In a pane"))                   \
	X(KEYPAD, "keypad", N_("On the handset's keypad")) \
	X(LAB, "lab", N_("In the lab's tasks"))            \
	X(ARROWS, "arrows", N_("While drawing a ladder"))  \
	X(HELD, "held", N_("Where a task asks first"))     \
	X(CALLS, "calls", N_("In the list of calls"))      \
	X(LIST, "list", N_("In a menu"))                   \
	X(READ, "read", N_("While reading"))               \
	X(QUIZ, "quiz", N_("While predicting"))            \
	X(LINE, "line", N_("While typing"))

enum play_place {
#define X(id, name, title) PLACE_##id,
	PLAY_PLACES(X)
#undef X
	    PLACE_COUNT
};

/* The moves in a list or text of PLACE, in an order that request_move knows. */
#define PLAY_MOVES(X, id, place, command, page_keys, down, up)          \
	X(id##_DOWN, place, command "-down", "Down j", NULL, down)      \
	X(id##_UP, place, command "-up", "Up k", NULL, up)              \
	X(id##_PAGE_DOWN, place, command "-page-down", page_keys, NULL, \
	    N_("one screen forward"))                                   \
	X(id##_PAGE_UP, place, command "-page-up", "PageUp C-b", NULL,  \
	    N_("one screen back"))

/*
 * X(ID, place, command, keys, short, text): keys by name with spaces between,
 * the first is the one that is shown; short is in the bottom line (NULL:
 * not there).  ":command" takes the text after it, where it takes any.
 */
#define PLAY_REQUESTS(X)                                                       \
	X(NEXT, EVERYWHERE, "next", "Right l", N_("next"),                     \
	    N_("the next message"))                                            \
	X(BACK, EVERYWHERE, "back", "Left h", N_("back"),                      \
	    N_("the previous message"))                                        \
	X(RECORD_NEXT, EVERYWHERE, "record-next", ".", NULL,                   \
	    N_("the next record"))                                             \
	X(RECORD_BACK, EVERYWHERE, "record-back", ",", NULL,                   \
	    N_("the previous record"))                                         \
	X(NODE_NEXT, EVERYWHERE, "node-next", "}", NULL,                       \
	    N_("the chosen node's next record"))                               \
	X(NODE_BACK, EVERYWHERE, "node-back", "{", NULL,                       \
	    N_("the chosen node's previous record"))                           \
	X(FIRST, EVERYWHERE, "first", "Home g", NULL, N_("to the beginning"))  \
	X(LAST, EVERYWHERE, "last", "End G", NULL, N_("to the end"))           \
	X(PLAY, EVERYWHERE, "play", "p", N_("play"), N_("play, or pause"))     \
	X(FASTER, EVERYWHERE, "faster", ">", NULL,                             \
	    N_("play faster, up to 1000 times"))                               \
	X(SLOWER, EVERYWHERE, "slower", "<", NULL,                             \
	    N_("play slower, down to a tenth"))                                \
	X(GOTO, EVERYWHERE, "goto", "#", NULL,                                 \
	    N_("go to a record (41) or a time (1.5s)"))                        \
	X(RETURN, EVERYWHERE, "return", "Backspace", NULL,                     \
	    N_("return to where you were before a jump"))                      \
	X(PANE_NEXT, EVERYWHERE, "pane-next", "Tab", N_("pane"),               \
	    N_("the next pane"))                                               \
	X(PANE_BACK, EVERYWHERE, "pane-back", "S-Tab", NULL,                   \
	    N_("the previous pane"))                                           \
	X(MESSAGE, EVERYWHERE, "message", "1", NULL, N_("pane: the message"))  \
	X(WHY, EVERYWHERE, "why", "2", NULL, N_("pane: why it was sent"))      \
	X(MACHINES, EVERYWHERE, "machines", "3", NULL,                         \
	    N_("pane: the state machines of the node"))                        \
	X(NETWORK, EVERYWHERE, "network", "4", NULL,                           \
	    N_("pane: the network with packets under way"))                    \
	X(NODE, EVERYWHERE, "node", "5", NULL,                                 \
	    N_("pane: what the node knows"))                                   \
	X(LOG, EVERYWHERE, "log", "6", NULL, N_("pane: every record"))         \
	X(HANDSET, EVERYWHERE, "handset", "7", NULL,                           \
	    N_("pane: the handset, its screen and its processor"))             \
	X(LAB, EVERYWHERE, "lab", "8", NULL,                                   \
	    N_("pane: the lab's tasks, to be answered"))                       \
	X(PAIR, EVERYWHERE, "pair", "9", NULL,                                 \
	    N_("pane: how a B2BUA changes the message"))                       \
	X(MEDIA, EVERYWHERE, "media", "M", NULL,                               \
	    N_("pane: who hears whom, and how well"))                          \
	X(FAULTS, EVERYWHERE, "faults", "F", NULL,                             \
	    N_("pane: what a fault would cause here"))                         \
	X(KEYPAD, EVERYWHERE, "keypad", "K", NULL,                             \
	    N_("press the handset's keys, there or with the mouse"))           \
	X(ZOOM, EVERYWHERE, "zoom", "z F5", NULL,                              \
	    N_("the pane on the whole screen, or next to the ladder"))         \
	X(NODE_RIGHT, EVERYWHERE, "node-right", "]", NULL,                     \
	    N_("choose the node to the right"))                                \
	X(NODE_LEFT, EVERYWHERE, "node-left", "[", NULL,                       \
	    N_("choose the node to the left"))                                 \
	X(FOLLOW, EVERYWHERE, "follow", "0", NULL,                             \
	    N_("choose the node that acts"))                                   \
	X(ACT, EVERYWHERE, "act", "a", N_("action"),                           \
	    N_("act on a node, a call, a link or this message"))               \
	X(BRANCHES, EVERYWHERE, "branches", "b", N_("branches"),               \
	    N_("branches: choose, name, compare"))                             \
	X(BESIDE, EVERYWHERE, "beside", "B", NULL,                             \
	    N_("another branch next to this one, or not"))                     \
	X(FIND, EVERYWHERE, "find", "/ F3", N_("find"),                        \
	    N_("find text in what happened"))                                  \
	X(FIND_NEXT, EVERYWHERE, "find-next", "n", NULL, N_("the next match")) \
	X(FIND_BACK, EVERYWHERE, "find-back", "N", NULL,                       \
	    N_("the previous match"))                                          \
	X(FILTER, EVERYWHERE, "filter", "f F7", N_("filter"),                  \
	    N_("show only what matches: method=INVITE node=atl"))              \
	X(CALL_ONLY, EVERYWHERE, "call", "o", NULL,                            \
	    N_("show only the call of this message, or all"))                  \
	X(CALLS, EVERYWHERE, "calls", "c", NULL, N_("the list of calls"))      \
	X(RAW, EVERYWHERE, "raw", "r F6", NULL,                                \
	    N_("the message as it is, as packets, or explained"))              \
	X(MODE, EVERYWHERE, "mode", "t", NULL,                                 \
	    N_("ladder: usual, one line per message, true time"))              \
	X(ZOOM_IN, EVERYWHERE, "zoom-in", "+", NULL,                           \
	    N_("true time: more lines per second"))                            \
	X(ZOOM_OUT, EVERYWHERE, "zoom-out", "-", NULL,                         \
	    N_("true time: fewer lines per second"))                           \
	X(BRACKETS, EVERYWHERE, "brackets", "m", NULL,                         \
	    N_("brackets: transactions, dialogs, phases of calls, none"))      \
	X(FOLD, EVERYWHERE, "fold", "x", NULL,                                 \
	    N_("fold retransmissions, or show them"))                          \
	X(FOLD_CALL, EVERYWHERE, "fold-call", "X", NULL,                       \
	    N_("fold the call of this message, or show it"))                   \
	X(HIDE, EVERYWHERE, "hide", "H", NULL,                                 \
	    N_("hide the chosen node, or show all again"))                     \
	X(COMPARE, EVERYWHERE, "compare", "=", NULL,                           \
	    N_("compare two marked messages"))                                 \
	X(MARK_NEXT, EVERYWHERE, "mark-next", "'", NULL, N_("the next mark"))  \
	X(PREDICT, EVERYWHERE, "predict", "Q", N_("predict"),                  \
	    N_("predict the next message, or stop that"))                      \
	X(EXPORT, EVERYWHERE, "export", "e F2", NULL,                          \
	    N_("write the ladder to a file"))                                  \
	X(SCREEN, EVERYWHERE, "screen", "S", NULL,                             \
	    N_("write the screen to a file, as text"))                         \
	X(THEME, EVERYWHERE, "theme", "T", NULL, N_("other colours"))          \
	X(LANGUAGE, EVERYWHERE, "language", "W F4", NULL,                      \
	    N_("another language, which is saved"))                            \
	X(PRESENT, EVERYWHERE, "present", "L", NULL,                           \
	    N_("for the lecture hall, or not"))                                \
	X(COMING, EVERYWHERE, "coming", "v F8", N_("hide rest"),               \
	    N_("hide what is to come, or show it again"))                      \
	X(RECORD, EVERYWHERE, "record", "i", NULL,                             \
	    N_("all fields of this record"))                                   \
	X(COMMAND, EVERYWHERE, "command", ":", NULL,                           \
	    N_("a command by its name; Tab completes"))                        \
	X(MENU, EVERYWHERE, "menu", "Esc F9", NULL,                            \
	    N_("back to the ladder; there, the menu"))                         \
	X(HELP, EVERYWHERE, "help", "? F1", N_("help"), N_("these keys"))      \
	X(REDRAW, EVERYWHERE, "redraw", "C-l", NULL,                           \
	    N_("draw the screen again"))                                       \
	X(SUSPEND, EVERYWHERE, "suspend", "C-z", NULL,                         \
	    N_("to the shell; fg comes back"))                                 \
	X(QUIT, EVERYWHERE, "quit", "q F10 C-c", N_("quit"),                   \
	    N_("leave; rung play continues"))                                  \
	X(ROW_DOWN, LADDER, "down", "Down j", NULL, N_("the next line"))       \
	X(ROW_UP, LADDER, "up", "Up k", NULL, N_("the previous line"))         \
	X(PAGE_DOWN, LADDER, "page-down", "PageDown C-f", NULL,                \
	    N_("one screen forward"))                                          \
	X(PAGE_UP, LADDER, "page-up", "PageUp C-b", NULL,                      \
	    N_("one screen back"))                                             \
	X(OPEN, LADDER, "open", "Enter", NULL, N_("into the pane"))            \
	X(MARK, LADDER, "mark", "Space", NULL,                                 \
	    N_("mark this message, or remove the mark"))                       \
	X(HOLD_ANSWER, HELD, "hold-answer", "t", NULL,                         \
	    N_("to the task that asks first"))                                 \
	X(HOLD_LOOK, HELD, "hold-look", "L", NULL,                             \
	    N_("look first, which is noted"))                                  \
	PLAY_MOVES(X, PANE, PANE, "pane", "PageDown C-f Space",                \
	    N_("a line down"), N_("a line up"))                                \
	X(PANE_OPEN, PANE, "pane-open", "Enter", N_("go there"),               \
	    N_("go to the record of this line"))                               \
	X(PRESS, KEYPAD, "press", "0 1 2 3 4 5 6 7 8 9 * #", N_("to #"),       \
	    N_("press that key; :press 1001# presses several"))                \
	X(PRESS_CALL, KEYPAD, "press-call", "c", N_("call"),                   \
	    N_("press the call key"))                                          \
	X(PRESS_OK, KEYPAD, "press-ok", "Enter", N_("ok"),                     \
	    N_("press the ok key"))                                            \
	X(PRESS_END, KEYPAD, "press-end", "e", N_("end"),                      \
	    N_("press the end key"))                                           \
	X(PRESS_CLEAR, KEYPAD, "press-clear", "Backspace", N_("clear"),        \
	    N_("press the clear key"))                                         \
	X(PRESS_UP, KEYPAD, "press-up", "Up", NULL, N_("press the key up"))    \
	X(PRESS_DOWN, KEYPAD, "press-down", "Down", NULL,                      \
	    N_("press the key down"))                                          \
	X(PRESS_SOFT1, KEYPAD, "press-soft1", "[", N_("left soft key"),        \
	    N_("press the key below the screen's left corner"))                \
	X(PRESS_SOFT2, KEYPAD, "press-soft2", "]", N_("right soft key"),       \
	    N_("press the key below the screen's right corner"))               \
	X(KEYPAD_CLOSE, KEYPAD, "keypad-close", "Esc", N_("leave"),            \
	    N_("leave the keypad"))                                            \
	PLAY_MOVES(X, TASK, LAB, "task", "PageDown C-f Space",                 \
	    N_("a line down"), N_("a line up"))                                \
	X(TASK_NEXT, LAB, "task-next", "]", N_("next task"),                   \
	    N_("the next task"))                                               \
	X(TASK_BACK, LAB, "task-back", "[", NULL, N_("the previous task"))     \
	X(TASK_OPEN, LAB, "task-open", "Enter", N_("open"),                    \
	    N_("open the task; there, do what the line says"))                 \
	X(TASK_HINT, LAB, "task-hint", "H", N_("hint"),                        \
	    N_("a hint, for a quarter of the points"))                         \
	X(ARROW_DOWN, ARROWS, "arrow-down", "Down j", NULL,                    \
	    N_("the next of the list"))                                        \
	X(ARROW_UP, ARROWS, "arrow-up", "Up k", NULL, N_("the previous one"))  \
	X(ARROW_NEXT, ARROWS, "arrow-next", "Right Tab l", NULL,               \
	    N_("the next list"))                                               \
	X(ARROW_BACK, ARROWS, "arrow-back", "Left S-Tab h", NULL,              \
	    N_("the previous list"))                                           \
	X(ARROW_TAKE, ARROWS, "arrow-take", "Enter", N_("take"),               \
	    N_("take this one; from the last list, add the arrow"))            \
	X(ARROW_DELETE, ARROWS, "arrow-delete", "Backspace d", N_("delete"),   \
	    N_("delete the arrow above the mark"))                             \
	X(ARROW_MARK_DOWN, ARROWS, "arrow-mark-down", "PageDown ]",            \
	    N_("mark"), N_("the mark one arrow down"))                         \
	X(ARROW_MARK_UP, ARROWS, "arrow-mark-up", "PageUp [", NULL,            \
	    N_("the mark one arrow up"))                                       \
	X(ARROW_LATER, ARROWS, "arrow-later", ">", N_("later"),                \
	    N_("the arrow above the mark one place down"))                     \
	X(ARROW_EARLIER, ARROWS, "arrow-earlier", "<", N_("earlier"),          \
	    N_("the arrow above the mark one place up"))                       \
	X(ARROW_CLOSE, ARROWS, "arrow-close", "Esc q", N_("done"),             \
	    N_("done: that is the answer"))                                    \
	PLAY_MOVES(X, CALL, CALLS, "call", "PageDown C-f",                     \
	    N_("the next call"), N_("the previous call"))                      \
	X(CALL_MARK, CALLS, "call-mark", "Space", N_("mark"),                  \
	    N_("mark this call, or remove the mark"))                          \
	X(CALL_OPEN, CALLS, "call-open", "Enter", N_("open"),                  \
	    N_("the ladder of the marked calls, or of this call"))             \
	X(CALL_SORT, CALLS, "sort", "s", N_("sort"),                           \
	    N_("sort by the next column"))                                     \
	X(CALL_REVERSE, CALLS, "reverse", "R", NULL,                           \
	    N_("sort in the other direction"))                                 \
	PLAY_MOVES(X, LIST, LIST, "list", "PageDown C-f", N_("a line down"),   \
	    N_("a line up"))                                                   \
	X(LIST_OPEN, LIST, "choose", "Enter Right", N_("choose"),              \
	    N_("take this one"))                                               \
	X(LIST_CLOSE, LIST, "close", "Esc Left q", N_("close"),                \
	    N_("close it"))                                                    \
	PLAY_MOVES(X, READ, READ, "read", "PageDown C-f Space Right",          \
	    N_("a line down"), N_("a line up"))                                \
	X(READ_CLOSE, READ, "read-close", "Esc Enter Left q", N_("close"),     \
	    N_("close it"))                                                    \
	X(QUIZ_DOWN, QUIZ, "answer-down", "Down j", NULL,                      \
	    N_("the next answer"))                                             \
	X(QUIZ_UP, QUIZ, "answer-up", "Up k", NULL, N_("the previous answer")) \
	X(QUIZ_ANSWER, QUIZ, "answer", "Enter Right", NULL,                    \
	    N_("answer; then the next question"))                              \
	X(QUIZ_BACK, QUIZ, "answer-back", "Left h", NULL,                      \
	    N_("the previous part, if there are three"))                       \
	X(QUIZ_MODE, QUIZ, "answer-mode", "Tab", NULL,                         \
	    N_("choose from everything, or from a few"))                       \
	X(QUIZ_SHOW, QUIZ, "answer-show", "s", NULL, N_("show what comes"))    \
	X(QUIZ_CLOSE, QUIZ, "predict-stop", "Esc Q q", N_("stop"),             \
	    N_("stop predicting; the score is saved"))

enum play_request {
#define X(id, place, command, keys, brief, text) REQ_##id,
	PLAY_REQUESTS(X)
#undef X
	    REQ_COUNT,
	REQ_NONE = REQ_COUNT
};

struct play_request_row {
	enum play_place place;
	const char *command, *keys, *brief, *text; /* untranslated */
};

extern const struct play_request_row play_requests[REQ_COUNT];

/* What KEY asks for in PLACE: a request of the place, else of everywhere (not
 * in LIST, QUIZ, ARROWS and LINE, where only their own count, and help; on the
 * keypad also what moves in time). */
enum play_request request_of_key(enum play_place place, struct key key);
/* The request called NAME (or the only one that begins so); REQ_NONE. */
enum play_request request_of_name(struct str name);
/* The first of its keys, as people write it: "→", "Space", "F1". */
void request_put_key(enum play_request r, bool ascii, struct buf *out);
/*
 * Where R goes to in a list or text of N lines: *AT is moved by a line, by PAGE
 * of them or to an end, whatever place R is of.  False: it is not a move.
 */
bool request_move(enum play_request r, size_t page, size_t n, size_t *at);
/* *TOP is moved so that line AT is among the H that are shown from there. */
void request_show(size_t *top, size_t at, size_t h);
const char *play_place_title(enum play_place place); /* untranslated */

#endif
