"""Online dialogues: contributions, the city's answers, polls, and what comes in without the internet."""
