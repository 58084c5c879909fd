"""What is mailed about applications, to whom and when: functions, outside of the model."""
