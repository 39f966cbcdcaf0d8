/*
 * The words of Graphviz's language, with the line of each.  Written after the
 * language's description at graphviz.org/doc/info/lang.html.
 */
#ifndef TOPOLOGY_TOPOLOGY_LEX_IN_H
#define TOPOLOGY_TOPOLOGY_LEX_IN_H

#include "base/diag.h"

#define TOPOLOGY_FILE_MAX (1u << 20) /* bytes */
#define TOPOLOGY_ATOM_MAX 8192       /* bytes of one name or value */

enum topology_token_kind {
	TOKEN_END,
	TOKEN_ATOM,
	TOKEN_LINK,  /* -- */
	TOKEN_ARROW, /* -> */
	TOKEN_GRAPH,
	TOKEN_DIGRAPH,
	TOKEN_STRICT,
	TOKEN_NODE,
	TOKEN_EDGE,
	TOKEN_SUBGRAPH,
	TOKEN_OTHER, /* one byte, in raw: { } [ ] = ; , : + and all else */
};

struct topology_token {
	enum topology_token_kind kind;
	struct str raw; /* as it is in the text */
	unsigned line;
	bool glued;  /* nothing stands between it and the one before */
	bool quoted; /* "…" */
	bool html;   /* <…> */
};

struct topology_lex {
	struct str text;
	size_t at; /* of the byte that comes next */
	unsigned line;
	/* Of the last string with an end of line in it: its lines; 0: none. */
	unsigned string_from, string_to;
	const char *file;
	struct diag *d;
};

/* At the beginning of TEXT; 0, or why it is not text for Graphviz. */
int topology_lex_begin(
    struct topology_lex *x, struct str text, const char *file, struct diag *d);
/* The next token; 0, or a sentence in the diag. */
int topology_lex_next(struct topology_lex *x, struct topology_token *t);

/* Whether the token is the single byte C. */
static inline bool
topology_token_is(const struct topology_token *t, char c)
{
	return t->kind == TOKEN_OTHER && t->raw.p[0] == c;
}

/* What a name or value means: quotes and brackets off, escapes undone. */
void topology_token_value(const struct topology_token *t, struct buf *out);

/*
 * The run of bytes around the token at FROM that a reader takes for one word,
 * such as 20ms or sip:bob@example.com: what ought to be in quotes.
 */
struct str topology_lex_word(const struct topology_lex *x, struct str from);

#endif
