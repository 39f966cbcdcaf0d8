/*
 * Keys, as the screen and the tests give them: a character, or a key with a
 * name.  What an input method makes of a key counts as the key: full-width
 * letters and the punctuation of Chinese keyboards are their ASCII twins.
 */
#ifndef VIEWS_TUI_KEY_H
#define VIEWS_TUI_KEY_H

#include "base/buf.h"

/* X(ID, name, UTF-8, ASCII): a key's name and its signs on the screen. */
#define KEY_NAMES(X)                             \
	X(NONE, "", "", "")                      \
	X(UP, "Up", "↑", "Up")                   \
	X(DOWN, "Down", "↓", "Down")             \
	X(LEFT, "Left", "←", "Left")             \
	X(RIGHT, "Right", "→", "Right")          \
	X(HOME, "Home", "Home", "Home")          \
	X(END, "End", "End", "End")              \
	X(PAGE_UP, "PageUp", "PgUp", "PgUp")     \
	X(PAGE_DOWN, "PageDown", "PgDn", "PgDn") \
	X(ENTER, "Enter", "Enter", "Enter")      \
	X(TAB, "Tab", "Tab", "Tab")              \
	X(BACK_TAB, "S-Tab", "S-Tab", "S-Tab")   \
	X(ESCAPE, "Esc", "Esc", "Esc")           \
	X(BACKSPACE, "Backspace", "⌫", "Bksp")   \
	X(DELETE, "Delete", "Del", "Del")        \
	X(F1, "F1", "F1", "F1")                  \
	X(F2, "F2", "F2", "F2")                  \
	X(F3, "F3", "F3", "F3")                  \
	X(F4, "F4", "F4", "F4")                  \
	X(F5, "F5", "F5", "F5")                  \
	X(F6, "F6", "F6", "F6")                  \
	X(F7, "F7", "F7", "F7")                  \
	X(F8, "F8", "F8", "F8")                  \
	X(F9, "F9", "F9", "F9")                  \
	X(F10, "F10", "F10", "F10")              \
	X(RESIZE, "Resize", "", "")              \
	X(MOUSE, "Mouse", "", "")

enum key_name {
#define X(id, name, utf8, ascii) KEY_IS_##id,
	KEY_NAMES(X)
#undef X
	    KEY_NAME_COUNT
};

struct key {
	enum key_name name; /* KEY_IS_NONE: a character */
	uint32_t ch;        /* 1 … 26 with CTRL: C-a … C-z */
	/* of KEY_IS_MOUSE */
	size_t x, y;
	int wheel; /* -1 up, 1 down, 0: a press */
};

#define KEY_CHAR(c) ((struct key){ .ch = (c) })
#define KEY_OF(id)  ((struct key){ .name = KEY_IS_##id })

/* The key that NAME ("Right", "C-l", "Space", "x") means; a key of name NONE
 * and character 0 where there is none. */
struct key key_of_name(struct str name);
/* The ASCII twin of what an input method makes, else K itself. */
struct key key_plain(struct key k);
/* What people call it: "→", "C-l", "Space". */
void key_put(struct key k, bool ascii, struct buf *out);

#endif
