/*
 * Markdown, as much of it as handouts, plans and reports of ours have, cut into
 * blocks: headings, paragraphs, items of lists, tables, code; and a paragraph
 * into spans of plain text, code, bold and links.  The user of the blocks
 * decides how each looks.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "base/buf.h"

enum markdown_kind {
	MARKDOWN_HEADING,   /* level */
	MARKDOWN_PARAGRAPH, /* lines are one text */
	MARKDOWN_ITEM,      /* the first paragraph of an item; number or 0 */
	MARKDOWN_CODE,      /* lines as they are; info of a fence */
	MARKDOWN_ROW, /* of a table: cells between bars; level 0: the head */
};

struct markdown_block {
	enum markdown_kind kind;
	unsigned level;  /* of a heading 1 …; of a row its number, from 0, or
			    from 1 where the table has no head */
	unsigned number; /* of a numbered item; 0 */
	bool within;     /* it belongs to an item of a list */
	bool apart;      /* an empty line comes before it */
	bool fenced;     /* of code: between fences */
	size_t base; /* where the text of its item begins; 0 outside of one */
	size_t mark; /* bytes of an item's mark, spaces with it */
	struct str text; /* with its line ends and indents */
	struct str info; /* of a fence: "lua goal.lua" */
	size_t indent;   /* columns that its lines of code are moved by */
};

struct markdown {
	struct str rest;
	size_t base; /* where the text of the present item begins; 0: none */
	unsigned row;
	bool apart; /* an empty line comes before REST */
};

/* Of how many backticks LINE is a fence, at least three; 0: it is none, or so
 * far in that it is code. */
size_t markdown_fence(struct str line);

/* Begins to read TEXT, which outlives M. */
void markdown_begin(struct markdown *m, struct str text);
/* The next block; false behind the last. */
bool markdown_next(struct markdown *m, struct markdown_block *b);

/* A line of code in block B, without its indent: false behind the last.  REST
 * is B's text at first. */
bool markdown_code_line(
    const struct markdown_block *b, struct str *rest, struct str *line);
/* The next cell of a row: false behind the last.  REST is its text at first. */
bool markdown_cell(struct str *rest, struct str *cell);

enum markdown_style {
	MARKDOWN_PLAIN,
	MARKDOWN_CODE_SPAN,
	MARKDOWN_BOLD,
	MARKDOWN_ITALIC,
	MARKDOWN_LINK, /* TEXT is its text, TARGET where it leads */
};

struct markdown_span {
	enum markdown_style style;
	struct str text, target;
};

/* The next span of a paragraph, whose *REST is all of it at first.  Line ends
 * in it stand for spaces; the backslash of "\\*" is left out. */
bool markdown_span_next(struct str *rest, struct markdown_span *s);

/* ---- putting texts into Markdown (CommonMark with GitHub's tables) ---- */

/* TEXT as running text of one line, made safe to look at, in which nothing is
 * markup, neither Markdown's nor HTML's; also in a cell of a table. */
void markdown_put_text(struct buf *b, struct str text);
/* The same as code within a line, but not in a cell of a table. */
void markdown_put_code(struct buf *b, struct str text);
/* TEXT, lines with their ends, made safe, as a block of LANGUAGE in which
 * nothing is markup; its fence is longer than any row of backticks in it. */
void markdown_put_fence(struct buf *b, const char *language, struct str text);

/* The same of a text that need not be held: WRITE appends it to OUT, and may
 * pass whole lines on.  It may be called twice, and writes the same both times:
 * the first time backticks are counted.  0, WRITE's error or B's. */
typedef int markdown_write_fn(struct buf *out, void *arg);
int markdown_put_block(
    struct buf *b, const char *language, markdown_write_fn *write, void *arg);

#endif
