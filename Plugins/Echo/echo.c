int placeholder_echo;
