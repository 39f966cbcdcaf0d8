/* What assets/page/worker.js calls.  One thread, one service. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

/* Where a request of N bytes is to be written; NULL without memory. */
char *page_room(unsigned n);
/* Answers the N bytes that are there: 0; else there was no memory. */
int page_ask(unsigned n);
/* The answer, until the next request. */
const char *page_answer(void);
unsigned page_answer_length(void);

#endif
