/** The look of the site: that of VitePress, with enough contrast everywhere. */
import DefaultTheme from 'vitepress/theme';
import './contrast.css';

export default DefaultTheme;
